"""A named tuple is as good as a tuple: in the student's own check it is one."""

from __future__ import annotations

from pathlib import Path

from shared.isolation import isolates
from shared.tiny_course import SLUG, make_course

from autograder.authoring.bundle import Bundle
from autograder.grading.grader import Grader
from autograder.submissions.read import Submission

ANSWER = b"""
from typing import NamedTuple

class Pair(NamedTuple):
    total: float
    parts: list

def add(a, b):
    return a.total + b if isinstance(a, Pair) else Pair(a + b, [a, Pair(b, [])])
"""
JUDGED = """
    pair = add(3, 4)
    total, (three, (four, nothing)) = pair
    assert_equal([len(pair), total, pair[-1][0], three, four, nothing], [2, 7, 3, 3, 4, []])
    assert_equal(pair, (7, [3, (4, [])]))
    assert_equal(add(pair, 1), 8, what="the object itself, passed back")
"""


@isolates
def test_it_is_unpacked_counted_compared_and_passed_back(tmp_path: Path) -> None:
    make_course(tmp_path)
    path = tmp_path / "assignments" / SLUG / "hidden" / "q1.py"
    text = path.read_text()
    (line,) = [ln for ln in text.splitlines() if "987654 + 1" in ln]
    path.write_text(text.replace(line, JUDGED.strip("\n")))
    with Grader(Bundle.from_course(tmp_path, SLUG)) as grader:
        submission = Submission("ada", "ada", source=ANSWER)
        result = grader.grade(submission, frozenset({"q1 (hidden)"}))
    assert result.troubles() == []
    (case,) = result.parts[0].cases
    assert case.outcome == "passed", case.message
