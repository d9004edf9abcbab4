"""A submission's entry on the leaderboard: a number that the judge computes itself.

An assignment that has a `leaderboard` in course.yml has a file `leaderboard.py` beside its tests
with a function `value(student, defined)`. It gets the student's code as a test case does, and the
set of names that the file defines, and returns the number. It runs in the judge, after all test
cases, so the student's code can answer questions but not claim a place.
"""

from __future__ import annotations

import linecache
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.authoring.bundle import Bundle
from autograder.course.model import Leaderboard
from autograder.grading.attempt import Attempt
from autograder.grading.results import LeaderboardEntry, Outcome
from autograder.testing.student import CheckFailed, Student

_DECIMALS = 3  # a value should tell as little as possible about single answers
_SUM_TOLERANCE = 1e-4  # of a row of float32

Value = Callable[[Student, frozenset[str]], float]


class NoEntry(CheckFailed):
    """Why a submission has no entry. Its student sees it at once: none of the student's words."""


@dataclass(frozen=True)
class Standing:
    """What became of the leaderboard: an entry, or why there is none, or neither."""

    entries: list[LeaderboardEntry] = field(default_factory=list)
    note: str = ""


@dataclass(frozen=True)
class Board:
    """The leaderboard of an assignment, loaded."""

    column: Leaderboard
    value: Value

    def standing(self, attempt: Attempt) -> Standing:
        """The entry of a submission whose public test cases have been run, and no hidden one.

        It is shown at once, so nothing that has seen a hidden case may have a say in it. Its time
        is not the submission's, whose hidden cases are still to come.

        Raises:
            JailBroken: if the jail stops working; never for anything the submission does.
        """
        found: list[float] = []
        reason: list[str] = []

        def call_case(environment: dict[str, Any]) -> None:
            defined = attempt.loaded.names if attempt.loaded else frozenset()
            try:
                found.append(round(float(self.value(environment["student"], defined)), _DECIMALS))
            except NoEntry as error:
                reason.append(str(error))

        verdict = attempt.run("", call_case, hidden=False, free=True)
        if verdict.outcome is Outcome.PASSED and found and np.isfinite(found[0]):
            column = self.column
            return Standing(
                [LeaderboardEntry(name=column.name, value=found[0], order=column.order)]
            )
        if verdict.outcome in (Outcome.UNWRITTEN, Outcome.UNJUDGED):
            return Standing()
        why = reason[0] if reason else verdict.safe or "Your code raised an error there."
        return Standing(note=f"No entry on the leaderboard: {why}")


def load_board(bundle: Bundle) -> Board | None:
    """The leaderboard of a bundle, or None."""
    if bundle.assignment.leaderboard is None or not bundle.leaderboard:
        return None
    path = f"<{bundle.assignment.slug}/leaderboard.py>"
    lines = bundle.leaderboard.splitlines(keepends=True)
    linecache.cache[path] = (len(bundle.leaderboard), None, lines, path)  # for probes' source
    names: dict[str, Any] = {"__name__": "leaderboard"}
    exec(compile(bundle.leaderboard, path, "exec"), names)
    return Board(bundle.assignment.leaderboard, names["value"])


def bits(probabilities: Any, answers: np.ndarray, symbols: int) -> float:
    """Mean of −log₂ p over the answers, from rows of probabilities that a student's code returned.

    Args:
        probabilities: whatever came back; each row is checked to be a distribution.
        answers: the symbol that came, per row.
        symbols: how many there are.

    Raises:
        NoEntry: if they are not probabilities, or something that came was impossible.
    """
    if type(probabilities) is not np.ndarray or probabilities.dtype.kind != "f":
        raise NoEntry("Probabilities must be an array of floats.")
    if probabilities.shape != (len(answers), symbols):
        raise NoEntry("There must be one row of probabilities per text, one column per symbol.")
    p = probabilities.astype(np.float64)
    if not np.isfinite(p).all():
        raise NoEntry("Probabilities must be finite.")
    if (p < 0).any():
        raise NoEntry("Probabilities must not be negative.")
    sums = p.sum(axis=1)
    if np.abs(sums - 1).max() > _SUM_TOLERANCE:
        raise NoEntry("The probabilities of a row must sum to 1.")
    came = p[np.arange(len(answers)), answers] / sums
    if came.min() == 0:
        raise NoEntry("Something that came had been called impossible.")
    return float(-np.log2(came).mean())
