"""One submission and one bundle make one result.

The test cases run here, in the judge; the student's code runs in the jail and answers calls.
Whatever a submission does, it gets exactly one result.
"""

from __future__ import annotations

import linecache
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from autograder.authoring.bundle import Bundle
from autograder.course import modules
from autograder.course.model import Assignment
from autograder.course.parts import Visibility, part_name
from autograder.grading.attempt import Attempt, place_in_tests
from autograder.grading.doctor import TAKE_THE_RISK, UnsafeHost
from autograder.grading.leaderboard import Standing, load_board
from autograder.grading.results import CaseResult, Outcome, PartResult, Result, steady
from autograder.ground.errors import UserError
from autograder.jail.client import Jail
from autograder.jail.layers import Layers
from autograder.submissions.read import Submission

if TYPE_CHECKING:
    from autograder.testing.otter_files import ExceptionTestFile, TestCase

MAX_LINES, MAX_WIDTH = 12, 240


@dataclass
class TestPart:
    """A test file, loaded."""

    question: str
    visibility: Visibility
    file: ExceptionTestFile

    @property
    def name(self) -> str:
        return part_name(self.question, self.visibility)


class Grader:
    """Grades submissions against one bundle, one after another. A context manager.

    The jail's zygote starts before any test is loaded.

    Args:
        layers: of the jail; by default all that the host offers.
        unsafe: grade even where the layers would not hold.

    Raises:
        UnsafeHost: if they would not, and `unsafe` is not given.
        JailBroken: if the jail does not start.
    """

    def __init__(
        self, bundle: Bundle, *, layers: Layers | None = None, unsafe: bool = False
    ) -> None:
        self.bundle = bundle
        self._assignment = bundle.assignment
        self._jail = open_jail(self._assignment.preload, layers=layers, unsafe=unsafe)
        self._parts = list(load_tests(bundle))
        self._board = load_board(bundle)

    def __enter__(self) -> Grader:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        self._jail.close()

    def grade(
        self,
        submission: Submission,
        parts: frozenset[str] | None = None,
        *,
        leaderboard: bool = False,
    ) -> Result:
        """Grade one submission.

        Args:
            parts: which to grade, by names such as `q3 (hidden)`; None is all.
            leaderboard: compute its entry too, where the assignment has one.

        Raises:
            JailBroken: if the jail stops working, or lost something of its own meanwhile; never for
                anything the submission does. This grader is of no use then.
        """
        start = time.monotonic()
        wanted = [p for p in self._parts if parts is None or p.name in parts]
        exhausted, board = False, Standing()
        if submission.refusal:
            judged = [_unjudged(part, submission.refusal) for part in wanted]
            problem = submission.refusal
        else:
            asked = {part.question for part in wanted}
            with Attempt(
                self._jail, self._assignment, self.bundle.files, submission, asked
            ) as attempt:
                # All public parts first: what hidden cases show to the student's code must not
                # find its way into a public message.
                public = [part for part in wanted if part.visibility == "public"]
                hidden = [part for part in wanted if part.visibility == "hidden"]
                results = {part.name: _judge(attempt, part) for part in public}
                if leaderboard and self._board:  # shown at once, so by what saw no hidden case
                    board = self._board.standing(attempt)
                results |= {part.name: _judge(attempt, part) for part in hidden}
                judged = [results[part.name] for part in wanted]
                problem, exhausted = attempt.problem, attempt.exhausted
            self._jail.settle()
        return Result(
            assignment=self._assignment.slug,
            submission=submission.name,
            student=submission.student,
            parts=judged,
            problem=steady(" ".join(line for line in (submission.note, problem) if line)),
            exhausted=exhausted,
            seconds=round(time.monotonic() - start, 3),
            digests={"submission": submission.digest, "bundle": self.bundle.digest},
            layers=self._jail.layers.names(),
            leaderboard=board.entries,
            leaderboard_note=board.note,
        )


def open_jail(preload: list[str], *, layers: Layers | None = None, unsafe: bool = False) -> Jail:
    """A jail for submissions, with these modules imported.

    Raises:
        UnsafeHost: if the layers would not hold, and `unsafe` is not given.
        JailBroken: if it does not start.
    """
    jail = Jail(preload, layers)
    shortfall = jail.layers.shortfall()
    if shortfall and not unsafe:
        jail.close()
        raise UnsafeHost(f"On this machine {shortfall}. {TAKE_THE_RISK}")
    return jail


def _judge(attempt: Attempt, part: TestPart) -> PartResult:
    from autograder.testing.otter_files import TestCaseResult

    start = time.monotonic()
    results = [_judge_case(attempt, part, case) for case in part.file.test_cases]
    part.file.test_case_results = [
        TestCaseResult(case, result.message, result.outcome is Outcome.PASSED)
        for case, result in zip(part.file.test_cases, results, strict=True)
    ]
    return PartResult(
        question=part.question,
        visibility=part.visibility,
        score=round(float(part.file.score), 6),  # Otter's arithmetic
        max_score=round(float(part.file.possible), 6),
        cases=results,
        seconds=round(time.monotonic() - start, 3),
    )


def _judge_case(attempt: Attempt, part: TestPart, case: TestCase) -> CaseResult:
    hidden = part.visibility == "hidden"
    verdict = attempt.run(part.question, case.body.call_func, hidden=hidden)
    failed = verdict.outcome is Outcome.FAILED
    advice = case.failure_message if failed and case.failure_message else ""
    message = verdict.safe if hidden else verdict.message
    text = "\n".join(line for line in (advice, cut(steady(message))) if line)
    return CaseResult(
        name=case.name,
        points=case.points,
        outcome=verdict.outcome,
        message=text,
        trouble=cut(steady(verdict.trouble)),
    )


class BrokenTests(UserError):
    """A test file cannot be loaded, in one sentence with its line."""


def load_tests(bundle: Bundle) -> Iterator[TestPart]:
    """The test files, loaded.

    Raises:
        BrokenTests: for one that cannot be, such as for a package that is not installed.
    """
    with warnings.catch_warnings():  # some of what Otter imports is deprecated
        warnings.simplefilter("ignore")
        from autograder.testing.otter_files import ExceptionTestFile

    for question, visibility, source in bundle.tests():
        path = f"<{visibility}/{question}.py>"
        lines = source.splitlines(keepends=True)
        linecache.cache[path] = (len(source), None, lines, path)  # for probes' source
        try:
            file = ExceptionTestFile.from_string(source, path=path)
        except Exception as error:  # whatever the file does when it is loaded
            raise BrokenTests(_unloadable(error, bundle.assignment)) from None
        yield TestPart(question, visibility, file)


def _unloadable(error: Exception, assignment: Assignment) -> str:
    place = f"the tests of {assignment.slug}, {place_in_tests(error)}"
    if isinstance(error, ModuleNotFoundError) and error.name:
        package = error.name.partition(".")[0]
        if lacking := modules.lacking(assignment):
            way = f"`pip install {' '.join(lacking)}`, which its `packages` ask for"
        else:
            way = f"`pip install {package}`, and name it under `packages` in course.yml"
        return f"{place}: `{package}` is not installed here; {way}."
    return f"{place}: {type(error).__name__}: {error}."


def _unjudged(part: TestPart, why: str) -> PartResult:
    cases = [
        CaseResult(name=c.name, points=c.points, outcome=Outcome.UNJUDGED, message=why)
        for c in part.file.test_cases
    ]
    return PartResult(
        question=part.question,
        visibility=part.visibility,
        score=0.0,
        max_score=round(float(part.file.possible), 6),
        cases=cases,
    )


def cut(message: str) -> str:
    """A message, cut to a few lines that are not long."""
    lines = [s if len(s) <= MAX_WIDTH else s[: MAX_WIDTH - 1] + "…" for s in message.splitlines()]
    return "\n".join(lines[:MAX_LINES] + (["…"] if len(lines) > MAX_LINES else []))
