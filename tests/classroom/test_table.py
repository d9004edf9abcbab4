"""The table of a class: whatever the number of questions, student, score and remark are read."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from autograder.classroom import view
from autograder.grading.results import Line


def _drawn(questions: int, width: int, lost: tuple[str, ...] = ()) -> list[str]:
    points = {f"q{n}": (0.0 if f"q{n}" in lost else 2.0, 2.0) for n in range(1, questions + 1)}
    score = sum(score for score, _ in points.values())
    line = Line(
        submission="a",
        student="lovelace",
        names="",
        score=score,
        max_score=2.0 * questions,
        questions=points,
        seconds=1.5,
        remark="handed in twice",
        concern="",
    )
    shown = io.StringIO()
    console = Console(file=shown, width=width)
    console.print(view.table([line], list(points), width))
    rows = shown.getvalue().splitlines()
    assert all(len(row) <= width for row in rows)
    return rows


@pytest.mark.parametrize("width", [80, 100, 140])
@pytest.mark.parametrize("questions", [1, 7, 30])
def test_student_score_and_remark_are_read(questions: int, width: int) -> None:
    row = _drawn(questions, width)[-1]
    assert "lovelace" in row
    assert f" {2 * questions} " in row
    assert "handed in" in row


def test_questions_have_a_column_each_where_they_fit() -> None:
    heads = _drawn(7, 140)[0].replace("┃", " ").split()
    assert heads == ["student", "score", *(f"q{n}" for n in range(1, 8)), "seconds", "remark"]


def test_questions_that_do_not_fit_are_named_where_points_were_lost() -> None:
    head, _, row = _drawn(30, 80, lost=("q3", "q29"))
    assert "lost points in" in head
    assert "q3 q29" in row
    assert "q4" not in row
