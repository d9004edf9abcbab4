"""What a class's results say: about the questions, about the tests, and about who needs a look."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from autograder.classroom.standing.standings import Standing
from autograder.course.model import Assignment
from autograder.grading.results import CaseResult, Outcome, PartResult, Result

SLOWEST = 10
ENOUGH = 10  # submissions, below which a correlation says nothing
DOUBTFUL = -0.2  # below that it is hardly by chance that the weaker pass a test
DECIDES = 0.4  # discrimination from which a test is said to tell strong from weak


@dataclass(frozen=True)
class Overview:
    """The class in a few numbers. Scores are after the late policy."""

    students: int
    possible: float
    mean: float
    median: float
    full: int
    zero: int
    late: int


@dataclass(frozen=True)
class QuestionLine:
    """How a question went: mean share of its points; how many, 0 to 1, have all or none of them."""

    key: str
    title: str
    points: float
    share: float
    full: float
    none: float


@dataclass(frozen=True)
class CaseLine:
    """How a test case went.

    Attributes:
        outcomes: how often each that is not `passed`.
        discrimination: correlation of passing it with the points of everything else, -1 to 1
            (point-biserial, corrected for the case's own points), among those who wrote something
            for it; None where it says nothing.
        reading: what a person should make of it, in a few words; "" for nothing special.
    """

    part: str
    name: str
    points: float
    passed: int
    total: int
    outcomes: dict[str, int]
    discrimination: float | None
    reading: str

    @property
    def rate(self) -> float:
        return self.passed / self.total if self.total else 0.0


@dataclass(frozen=True)
class Incident:
    """Something in one submission that a person may want to look at."""

    submission: str
    part: str
    case: str
    message: str


@dataclass(frozen=True)
class Change:
    """What a regrade changed for one submission, and the test cases that made the difference."""

    submission: str
    before: float
    after: float
    flips: tuple[str, ...]
    at: datetime
    by: str
    why: str


def label(result: Result) -> str:
    """The submission, and whose it is where its name does not say so."""
    return result.line().label


def counting(standings: Iterable[Standing]) -> list[Result]:
    """Each submission that counts, once, however many members its group has."""
    return list({s.counts.hand_in.name: s.counts.result for s in standings}.values())


def overview(standings: Sequence[Standing], possible: float) -> Overview:
    """Raises: statistics.StatisticsError: if there are no standings."""
    scores = [s.score for s in standings]
    return Overview(
        students=len(standings),
        possible=possible,
        mean=statistics.fmean(scores),
        median=statistics.median(scores),
        full=sum(score >= possible for score in scores),
        zero=sum(score <= 0 for score in scores),
        late=sum(bool(s.lateness.days if s.lateness else s.counts.hand_in.late) for s in standings),
    )


def question_lines(results: Sequence[Result], assignment: Assignment) -> list[QuestionLine]:
    """One line per autograded question, by what the tests gave."""
    lines = []
    for key, question in assignment.questions.items():
        shares = [r.question_scores().get(key, 0.0) / question.points for r in results]
        count = max(1, len(shares))
        lines.append(
            QuestionLine(
                key,
                question.title,
                question.points,
                share=sum(shares) / count,
                full=sum(s >= 1 - 1e-9 for s in shares) / count,
                none=sum(s <= 1e-9 for s in shares) / count,
            )
        )
    return lines


def case_lines(results: Sequence[Result]) -> list[CaseLine]:
    """One line per test case, in the order of the tests."""
    seen: dict[tuple[str, str], list[tuple[CaseResult, float]]] = {}
    for result in results:
        for part, case in _cases(result):
            seen.setdefault((part.name, case.name), []).append((case, result.score))
    return [_case_line(part, name, found) for (part, name), found in seen.items()]


def _cases(result: Result) -> Iterable[tuple[PartResult, CaseResult]]:
    return ((part, case) for part in result.parts for case in part.cases)


def _case_line(part: str, name: str, found: list[tuple[CaseResult, float]]) -> CaseLine:
    outcomes = Counter(case.outcome for case, _ in found)
    passed = outcomes.pop(Outcome.PASSED, 0)
    discrimination = _discrimination(found)
    return CaseLine(
        part,
        name,
        found[0][0].points,
        passed,
        len(found),
        {str(outcome): count for outcome, count in sorted(outcomes.items())},
        discrimination,
        _reading(passed / len(found), discrimination),
    )


def _discrimination(found: list[tuple[CaseResult, float]]) -> float | None:
    tried = [(c, s) for c, s in found if c.outcome not in (Outcome.UNWRITTEN, Outcome.UNJUDGED)]
    passed = np.array([case.outcome is Outcome.PASSED for case, _ in tried], float)
    rest = np.array([score for _, score in tried]) - passed * found[0][0].points
    if len(tried) < ENOUGH or np.ptp(passed) == 0 or np.ptp(rest) < 1e-9:
        return None
    return float(np.corrcoef(passed, rest)[0, 1])


def _reading(rate: float, discrimination: float | None) -> str:
    if rate == 0:
        return "nobody passes: is the test right?"
    if rate == 1:
        return "everybody passes"
    if discrimination is None:
        return ""
    if discrimination <= DOUBTFUL:
        return "the weaker pass it: is the test right?"
    return "decides" if discrimination >= DECIDES else ""


def incidents(results: Iterable[Result], outcome: Outcome) -> list[Incident]:
    """Every case that ended so; the same message in several cases of a part is told once."""
    found: dict[tuple[str, str, str], Incident] = {}
    for result in results:
        for part, case in _cases(result):
            if case.outcome is outcome:
                line = Incident(label(result), part.name, case.name, case.message)
                found.setdefault((result.submission, part.name, case.message), line)
    return list(found.values())


def problems(results: Iterable[Result]) -> list[tuple[str, str]]:
    """Submissions that could not be read or not loaded as a whole, and why."""
    return [(label(r), r.problem) for r in results if r.problem]


def slowest(results: Iterable[Result]) -> list[Result]:
    """The submissions that took longest."""
    return sorted(results, key=lambda r: (-r.seconds, r.submission))[:SLOWEST]
