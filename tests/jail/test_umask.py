"""A strict umask of whoever grades costs nobody a point, as root and as an ordinary user."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from shared.isolation import isolates

from autograder.jail import layers
from autograder.jail.layers import offered

HERE = Path(__file__).parent
UMASKS = (0o077, 0o027, 0o022)
# Grades the attacks' solution, worth 8 points, and lets the canaries out, under each umask.
PROGRAM = """
import json, os, sys
sys.path.insert(0, sys.argv[1])
from _judge import SECRETS, SOLUTION, bundle
from autograder.grading.doctor import escapes
from autograder.grading.grader import Grader
from autograder.jail.layers import offered
from autograder.submissions.read import Submission

found = []
for umask in map(int, sys.argv[2:]):
    os.umask(umask)
    with Grader(bundle(SECRETS[0])) as grader:
        result = grader.grade(Submission("ada", "ada", source=SOLUTION))
    found.append([result.score, result.problem, escapes(offered())])
print(json.dumps(found))
"""

pytestmark = isolates


@pytest.mark.parametrize("who", ["root", "nobody"])
def test_a_strict_umask_costs_nothing(who: str) -> None:
    if os.geteuid() != 0 and who == "root":
        pytest.skip("only root can be root")
    if os.geteuid() == 0 and who == "nobody" and not offered().namespaces:
        pytest.skip("only root with CAP_SYS_ADMIN can play somebody else")
    change = [sys.executable, str(HERE / "attacks" / "_as.py"), "nobody"]
    command = [] if who == "root" or os.geteuid() != 0 else change
    arguments = [str(HERE / "attacks"), *map(str, UMASKS)]
    answer = subprocess.run(
        [*command, sys.executable, "-c", PROGRAM, *arguments], capture_output=True, text=True
    )
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout) == [[8.0, "", []]] * len(UMASKS)


def test_packages_for_their_owner_only_are_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Installed under umask 077: workers with a user id of their own could not import them."""
    monkeypatch.setattr(layers.sysconfig, "get_path", lambda name: str(tmp_path))
    (tmp_path / "open").mkdir(mode=0o755)
    (tmp_path / "__pycache__").mkdir(mode=0o700)
    assert layers._closed_packages() == []
    (tmp_path / "closed").mkdir(mode=0o700)
    assert layers._closed_packages() == [str(tmp_path / "closed")]
    assert not layers._can_change_uid()
