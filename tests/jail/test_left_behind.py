"""Grading leaves nothing on the host but its results, as root and as an ordinary user."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from shared.isolation import isolates

from autograder.jail.client import Jail
from autograder.jail.confine import Limits
from autograder.jail.layers import offered
from autograder.jail.orders import LoadOrder

ATTACKS = Path(__file__).parent / "attacks"
# Grades the attacks' solution with a library loaded that likes to keep lists of fonts.
PROGRAM = """
import dataclasses, json, os, sys
sys.path.insert(0, sys.argv[1])
os.environ.update(HOME=sys.argv[2] + "/home", TMPDIR=sys.argv[2] + "/tmp")
from _judge import SECRETS, SOLUTION, bundle
from autograder.grading.grader import Grader
from autograder.submissions.read import Submission

def there():
    places = (os.environ["HOME"], os.environ["TMPDIR"], "/nonexistent", "/dev/shm")
    found = [os.path.join(at, n) for p in places for at, d, f in os.walk(p) for n in d + f]
    # Graders of one user lock two empty files. Whoever removed them would part those who hold the
    # old ones from those who come later.
    found = [path for path in found if "/autograder-turns-" not in path]
    return set(found) | {"/" + name for name in os.listdir("/")}

known = bundle(SECRETS[0])
more = known.assignment.model_copy(update={"preload": ["matplotlib.pyplot"]})
known = dataclasses.replace(known, assignment=more)
before = there()
with Grader(known) as grader:
    score = grader.grade(Submission("ada", "ada", source=SOLUTION)).score
print(json.dumps([score, sorted(there() ^ before)]))
"""


@isolates
@pytest.mark.parametrize("who", ["root", "nobody"])
def test_nothing_but_results_is_left(who: str) -> None:
    if os.geteuid() != 0 and who == "root":
        pytest.skip("only root can be root")
    if os.geteuid() == 0 and who == "nobody" and not offered().namespaces:
        pytest.skip("only root with CAP_SYS_ADMIN can play somebody else")
    change = [sys.executable, str(ATTACKS / "_as.py"), "nobody"]
    command = [] if who == "root" or os.geteuid() != 0 else change
    with tempfile.TemporaryDirectory() as name:
        for folder in ("home", "tmp"):
            (Path(name) / folder).mkdir()
            (Path(name) / folder).chmod(0o777)
        Path(name).chmod(0o755)
        done = subprocess.run(
            [*command, sys.executable, "-c", PROGRAM, str(ATTACKS), name],
            capture_output=True,
            text=True,
        )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [8.0, []]


@isolates
@pytest.mark.parametrize("preload", [[], ["matplotlib"], ["matplotlib.pyplot"]])
def test_a_submission_may_draw_whatever_is_loaded_before_it(preload: list[str]) -> None:
    """Matplotlib remembers where the zygote had its settings; a worker must not stumble over it."""
    code = b"import matplotlib.pyplot as plt\n\ndef lines():\n    return len(plt.plot([1, 2]))\n"
    with Jail(preload) as jail, jail.worker(Limits()) as worker:
        loaded = worker.load(LoadOrder(code, "drawing"), 60)
        assert loaded.problem == ""
