"""A class graded for real: processes that are killed, two at once, Ctrl-C."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from shared.isolation import isolates
from shared.tiny_course import SLUG, make_course, write

from autograder.classroom.ledger import Ledger


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return make_course(tmp_path / "course")


STUDENTS = 12


@pytest.fixture
def class_folder(tmp_path: Path) -> Path:
    for number in range(STUDENTS):
        sign = "+" if number % 2 else "-"
        source = f"# {number}\ndef add(a, b):\n    return a {sign} b\n"
        write(tmp_path / "class" / f"s{number:02}.py", source)
    return tmp_path / "class"


def grading(
    course: Path, class_folder: Path, output: Path, temporary: str = tempfile.gettempdir()
) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "autograder", "grade", SLUG, str(class_folder)]
    return subprocess.Popen(
        [*command, "--output", str(output), "--workers", "1"],
        cwd=course,
        env={**os.environ, "TMPDIR": temporary},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        # A suite that was started in the background by a script has its Ctrl-C ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def scores(output: Path) -> dict[str, float]:
    found = {}
    for path in sorted(output.glob("s*.json")):
        found[path.stem] = json.loads(path.read_text())["score"]
    return found


EXPECTED = {f"s{n:02}": 10.0 if n % 2 else 0.0 for n in range(STUDENTS)}


def counted_once(output: Path) -> None:
    with Ledger(output / "ledger.sqlite") as ledger:
        assert len(ledger.hand_ins(SLUG)) == STUDENTS
        assert [len(taken) for taken in ledger.decisions(SLUG).values()] == [1] * STUDENTS
        assert {o.hand_in.name: o.result.score for o in ledger.official(SLUG)} == EXPECTED


@isolates
def test_killed_at_any_moment_and_run_again(
    course: Path, class_folder: Path, tmp_path: Path
) -> None:
    rng, output = random.Random(7), tmp_path / "results"
    killed = 0
    for _ in range(6):
        process = grading(course, class_folder, output)
        # From its start up to well into the class, wherever this machine then is.
        deadline, enough = time.monotonic() + 60, rng.randrange(STUDENTS)
        while time.monotonic() < deadline and process.poll() is None:
            if len(list(output.glob("s*.json"))) >= enough and rng.random() < 0.3:
                break
            time.sleep(0.01)
        killed += process.poll() is None
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    assert killed >= 2, "the class was graded before it could be killed"
    process = grading(course, class_folder, output)
    said = process.communicate()[0]
    assert process.returncode == 0, said
    assert scores(output) == EXPECTED
    counted_once(output)


@isolates
def test_two_may_grade_at_once(course: Path, class_folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "results"
    both = [grading(course, class_folder, output) for _ in range(2)]
    said = [process.communicate()[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert scores(output) == EXPECTED
    counted_once(output)


@isolates
def test_stopped_by_hand_it_says_how_far_it_came(
    course: Path, class_folder: Path, tmp_path: Path
) -> None:
    output = tmp_path / "results"
    with tempfile.TemporaryDirectory() as temporary:
        os.chmod(temporary, 0o755)  # workers under other user ids walk through it
        process = grading(course, class_folder, output, temporary)
        while process.poll() is None and not list(output.glob("s*.json")):
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: its graders hear it too
        said = process.communicate()[0]
        left = [name for name in os.listdir(temporary) if "-turns-" not in name]
    assert left == []
    assert process.returncode == 130  # as the shell expects
    assert "the same command goes on from there" in said
    assert "Traceback" not in said
    process = grading(course, class_folder, output)
    assert "known from before" in process.communicate()[0]
    counted_once(output)
