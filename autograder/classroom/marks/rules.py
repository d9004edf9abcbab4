"""What a person may give points for, and how many."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from autograder.classroom.standing.standings import WRITTEN, Standing
from autograder.course.model import Assignment
from autograder.ground.errors import UserError
from autograder.ground.suggestions import did_you_mean

EXTRA = "extra"
_EXTRA = re.compile(r"extra(-\w[\w-]*)?")


class WrongMark(UserError):
    """A mark that cannot be given, in one sentence."""


def is_extra(question: str) -> bool:
    """Whether points of this name come on top: `extra`, `extra-bonus`. They may be negative."""
    return _EXTRA.fullmatch(question) is not None


def questions(assignment: Assignment) -> dict[str, float]:
    """What can be marked, and the points there are for it; `extra` is not among them."""
    most = {key: question.points for key, question in assignment.questions.items()}
    return most | ({WRITTEN: assignment.written.points} if assignment.written else {})


def check_mark(assignment: Assignment, question: str, points: float | None) -> None:
    """Refuse what is nothing that can be given.

    Args:
        points: None, which takes a mark back, can always be given.

    Raises:
        WrongMark: no such question, or points that it does not have.
    """
    most = questions(assignment)
    if question not in most and not is_extra(question):
        raise WrongMark(
            f"{assignment.slug} has no question {question}: it has {', '.join(most)}, and "
            f"`{EXTRA}` or `{EXTRA}-…` is for points on top.{did_you_mean(question, most)}"
        )
    if points is None:
        return
    if not math.isfinite(points):
        raise WrongMark(f"{points} is not a number of points.")
    if question in most and not 0 <= points <= most[question]:
        raise WrongMark(
            f"{question} has 0 to {most[question]:g} points, not {points:g}; points on top, or "
            f"taken off, are `{EXTRA}`."
        )


def unmarked(assignment: Assignment, standings: Iterable[Standing]) -> str:
    """`13 of 14 students have no mark for the written question.`, or "" where all have one.

    Nobody having one is said too: written answers may not have been read yet.
    """
    if assignment.written is None:
        return ""
    everybody = list(standings)
    without = sum(WRITTEN not in s.points for s in everybody)
    if not without:
        return ""
    if len(everybody) == 1:
        return "The student has no mark for the written question."
    have = "has" if without == 1 else "have"
    return f"{without} of {len(everybody)} students {have} no mark for the written question."
