"""The suite itself: tests that share something costly stay in one process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

GROUP = """
import os
import pytest

@pytest.mark.xdist_group("machine")
@pytest.mark.parametrize("number", range(8))
def test_number(number):
    with open("processes", "a") as file:
        file.write(f"{os.getpid()}\\n")
"""


def test_a_group_stays_in_one_process(tmp_path: Path) -> None:
    """pytest 9.2 loses what pytest-xdist 3.8 writes into a test's id (findings/)."""
    (tmp_path / "test_group.py").write_text(GROUP)
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadgroup"]
    own = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(command, cwd=tmp_path, env=own, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    ran = (tmp_path / "processes").read_text().split()
    assert len(ran) == 8
    assert len(set(ran)) == 1
