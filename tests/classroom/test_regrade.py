"""`autograder regrade`, `history` and `mark` as a TA uses them."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from pathlib import Path

import pytest
from shared.isolation import isolates
from shared.tiny_course import SLUG, make_course, write

pytestmark = isolates


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graded class: anna adds, bert adds only small numbers, cleo subtracts."""
    root = make_course(tmp_path_factory.mktemp("course"))
    for name, body in (
        ("anna", "a + b"),
        ("bert", "a + b if b < 100 else 0"),
        ("cleo", "a - b"),
    ):
        write(root / "class" / f"{name}.py", f"def add(a, b):\n    return {body}\n")
    code, said = run(root, "grade", SLUG, "class")
    assert code == 0, said
    assert "3 graded." in said
    return root


def run(root: Path, *words: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "autograder", *words],
        cwd=root,
        capture_output=True,
        text=True,
        env={"PATH": "/usr/bin:/bin", "COLUMNS": "160", "HOME": str(root)},
    )
    return done.returncode, done.stdout + done.stderr


def scores(root: Path) -> dict[str, str]:
    with (root / "results" / "results.csv").open(encoding="utf-8", newline="") as file:
        return {row["student"]: row["score"] for row in csv.DictReader(file)}


def test_a_regrade_from_the_first_look_to_the_student_who_asks(course: Path) -> None:
    assert scores(course) == {"anna": "10", "bert": "5", "cleo": "0"}
    code, said = run(course, "mark", SLUG, "bert", "q1", "4", "--comment", "He showed me.")
    assert (code, said) == (0, f"bert, {SLUG} q1: 4 points.\n")

    hidden = course / "assignments" / SLUG / "hidden" / "q1.py"
    write(hidden, hidden.read_text().replace("987654", "12"))
    code, said = run(course, "regrade", SLUG)
    assert code == 0
    assert "(3 submissions were run for it)" in said
    assert "q1 (hidden): case “small” changed" in said
    assert "3 submissions: 1 gain (2 points), 0 lose, 2 stay." in said
    assert re.search(
        r"bert +┃? *│ +5 │ +7 │ +\+2 │ q1 \(hidden\), small: failed \(0/2\) → passed", said
    )
    assert (
        "bert, q1: 4 points were given by root" in said or "bert, q1: 4 points were given" in said
    )
    assert "anna" not in said
    assert "Not official yet" in said
    assert scores(course)["bert"] == "5"

    assert run(course, "regrade", SLUG, "--apply") == (
        2,
        "--apply needs --why: students will ask, and `history` answers.\n",
    )
    code, said = run(course, "regrade", SLUG, "--apply", "--why", "The number was too large.")
    assert code == 0
    assert "(0 submissions were run for it)" in said
    assert "Official now, for 3 submissions: The number was too large." in said
    assert scores(course)["bert"] == "7"

    code, said = run(course, "regrade", SLUG)
    assert "(0 submissions were run for it)\n  nothing\n" in said
    assert "3 submissions: 0 gain, 0 lose, 3 stay." in said
    assert "Not official yet" not in said

    code, said = run(course, "history", "ber")
    assert code == 0
    first, second = said.index("5/10  graded"), said.index("7/10  The number was too large.")
    flip = said.index("q1 (hidden), small: failed (0/2) → passed (2/2)")
    assert first < second < flip < said.index("q1 4 points from a person")
    assert "He showed me." in said


def test_grading_again_keeps_what_is_official(course: Path) -> None:
    hidden = course / "assignments" / SLUG / "hidden" / "q2.py"
    before = hidden.read_text()
    write(hidden, before.replace("987654", "5"))
    code, said = run(course, "grade", SLUG, "class")
    assert code == 0
    assert "have an official score from other tests, and keep it" in said
    write(hidden, before)


def test_what_cannot_be_done_is_said_in_a_sentence(course: Path) -> None:
    for words, expected in (
        (("history", "zora"), "Nobody called zora has handed in anything here.\n"),
        (("history", "e"), "e may be bert, cleo; say which.\n"),
        (("mark", SLUG, "zora", "q1", "3"), f"Nobody called zora has handed in {SLUG}.\n"),
        (
            ("history", "anna", "--output", "nowhere"),
            "nowhere/ledger.sqlite does not exist; `autograder grade` makes it.\n",
        ),
        (
            ("regrade", SLUG, "--output", "empty"),
            "empty/ledger.sqlite does not exist; `autograder grade` makes it.\n",
        ),
    ):
        assert run(course, *words) == (2, expected)
