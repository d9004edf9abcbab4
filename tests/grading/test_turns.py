"""Test cases run together, or one alone: between processes, however one of them ends."""

from __future__ import annotations

import fcntl
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from autograder.grading.turns import Turns

# Wants to be alone within its case, says so when it is, and ends without giving anything back.
OTHER = """
import os, sys
from autograder.grading.turns import Turns
turns = Turns()
with turns.together():
    print("in", flush=True)
    with turns.alone():
        print("alone", flush=True)
        sys.stdin.readline()
        os._exit(1)
"""


def test_who_is_alone_waits_for_the_others_and_they_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    ours = Turns()
    with ours.together():
        process = subprocess.Popen(
            [sys.executable, "-c", OTHER],
            env={"TMPDIR": str(tmp_path)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        assert process.stdin is not None
        assert process.stdout.readline() == "in\n"  # and it waits for this case to end
        assert _is_taken(tmp_path)
    assert process.stdout.readline() == "alone\n"
    assert _is_taken(tmp_path)
    process.stdin.write("\n")
    process.stdin.flush()
    process.wait()
    assert not _is_taken(tmp_path)  # what an ended one held is free
    with ours.together(), ours.alone():
        assert _is_taken(tmp_path)
    ours.close()


def _is_taken(folder: Path) -> bool:
    """Whether somebody is in the room."""
    [room] = folder.glob("*-room")
    with room.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False
