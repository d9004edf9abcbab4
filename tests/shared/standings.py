"""Hand-ins and results that were never graded, for tests of what is made of them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from autograder.classroom.intake import HandIn
from autograder.classroom.standing.standings import Graded
from autograder.course.model import COURSE_FILE, Course, load_course
from autograder.grading.results import CaseResult, Outcome, PartResult, Result


def course_of(root: Path, **changes: str) -> Course:
    """The course below `root`, with some of its lines replaced or added."""
    path = root / COURSE_FILE
    text = path.read_text(encoding="utf-8")
    for old, new in changes.items():
        text = f"{old}: {new}\n{text}"
    path.write_text(text, encoding="utf-8")
    return load_course(path)


def part(question: str, visibility: str, *cases: tuple[str, float, bool | Outcome]) -> PartResult:
    """A test file's result from names, points, and whether each case passed."""
    made = []
    for name, points, passed in cases:
        outcome = passed if isinstance(passed, Outcome) else Outcome.FAILED
        if passed is True:
            outcome = Outcome.PASSED
        message = "" if outcome is Outcome.PASSED else "no"
        made.append(CaseResult(name=name, points=points, outcome=outcome, message=message))
    return PartResult(
        question=question,
        visibility=visibility,  # type: ignore[arg-type]
        score=sum(c.points for c in made if c.outcome is Outcome.PASSED),
        max_score=sum(c.points for c in made),
        cases=made,
    )


def result(name: str, *parts: PartResult, problem: str = "", seconds: float = 1.0) -> Result:
    return Result(
        assignment="adding",
        submission=name,
        student=name,
        parts=list(parts),
        problem=problem,
        seconds=seconds,
        digests={"submission": name, "bundle": "b"},
        layers=[],
    )


def adding(name: str, q1: int, q2: int, **more: object) -> Result:
    """A result of the tiny course: up to four points for q1 and six for q2."""
    parts = [
        part("q1", "public", ("small", 2, q1 >= 2)),
        part("q1", "hidden", ("large", 2, q1 >= 4)),
        part("q2", "public", ("step", 3, q2 >= 3)),
        part("q2", "hidden", ("steps", 3, q2 >= 6)),
    ]
    return result(name, *parts, **more)  # type: ignore[arg-type]


def graded(
    name: str, students: str, when: datetime | None, q1: int, q2: int, *, late: bool = False
) -> Graded:
    """A graded hand-in by `students`, whose names are separated by spaces."""
    hand_in = HandIn(name, Path(f"{name}.py"), tuple(students.split()), when, late)
    return Graded(hand_in, adding(name, q1, q2))
