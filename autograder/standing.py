"""Where each student stands: which submission counts, how late it is, and what it is worth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from autograder.course import Course
from autograder.errors import UserError
from autograder.extensions import Extension, Extensions, same
from autograder.intake import HandIn
from autograder.late import Lateness, lateness
from autograder.results import Result

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class StandingError(UserError):
    """What hinders a standing, in one sentence."""


@dataclass(frozen=True)
class Graded:
    """A hand-in and its result.

    Attributes:
        written: points that a person gave for the written question; None if nobody has yet.
    """

    hand_in: HandIn
    result: Result
    written: float | None = None

    @property
    def raw(self) -> float:
        """Points before the late policy."""
        return self.result.score + (self.written or 0.0)


@dataclass(frozen=True)
class Standing:
    """One student's standing in one assignment.

    Attributes:
        counts: the submission that counts.
        due: this student's own, extension included.
        lateness: None where the source tells no time.
        score: after the late policy, to hundredths.
        others: how many submissions do not count.
        remark: what a TA should know, in whole sentences.
    """

    student: str
    counts: Graded
    due: datetime
    lateness: Lateness | None
    score: float
    others: int
    remark: str

    @property
    def deducted(self) -> float:
        """Points lost by lateness."""
        return round(self.counts.raw - self.score, 6)


def graded(
    hand_ins: Iterable[HandIn],
    results: Mapping[str, Result],
    written: Mapping[str, float] | None = None,
) -> list[Graded]:
    """Hand-ins with their results, both by the hand-in's name.

    Raises:
        StandingError: if one has no result: it would count as if it had not been handed in.
    """
    found = []
    for hand_in in hand_ins:
        if hand_in.name not in results:
            raise StandingError(f"{hand_in.name} has no result yet; grade it first.")
        points = (written or {}).get(hand_in.name)
        found.append(Graded(hand_in, results[hand_in.name], points))
    return found


def standings(
    submissions: Sequence[Graded], slug: str, course: Course, extensions: Extensions | None = None
) -> list[Standing]:
    """One standing per student, sorted by student. Every member of a group gets the group's.

    `counts: last` takes the last submission that is accepted at all: one that comes after the last
    day takes nothing away. `counts: best` takes the one worth most after the late policy.
    Submissions without a time are in the order of `submissions`, before those with one.

    Raises:
        CourseError: if the course has no such assignment.
    """
    by_student: dict[str, list[Graded]] = {}
    names: dict[str, str] = {}
    for submission in submissions:
        for student in dict.fromkeys(submission.hand_in.students):
            names.setdefault(same(student), student.strip())
            by_student.setdefault(same(student), []).append(submission)
    rest = extensions or Extensions()
    found = [_standing(names[key], own, slug, course, rest) for key, own in by_student.items()]
    return sorted(found, key=lambda s: same(s.student))


def _standing(
    student: str, own: list[Graded], slug: str, course: Course, extensions: Extensions
) -> Standing:
    assignment = course.assignment(slug)
    due = extensions.due(student, assignment)
    in_order = sorted(own, key=lambda g: g.hand_in.submitted or _LONG_AGO)  # sorts are stable
    late = [_lateness(g, due, course) for g in in_order]
    chosen = _chosen(in_order, late, course)
    counts = in_order[chosen]
    remark = _remark(counts, late[chosen], extensions.of(student, assignment), course)
    return Standing(
        student=student,
        counts=counts,
        due=due,
        lateness=late[chosen],
        score=_worth(counts, late[chosen]),
        others=len(own) - 1,
        remark=remark,
    )


def _lateness(submission: Graded, due: datetime, course: Course) -> Lateness | None:
    submitted = submission.hand_in.submitted
    return lateness(submitted, due, course.late_policy) if submitted else None


def _worth(submission: Graded, late: Lateness | None) -> float:
    if late is None or not late.days:
        return round(submission.raw, 6)
    return round(submission.raw * late.share, 2)


def _chosen(own: list[Graded], late: list[Lateness | None], course: Course) -> int:
    """Index of the submission that counts; of equal ones the earlier is the best."""
    if course.counts == "best":
        return max(range(len(own)), key=lambda i: (_worth(own[i], late[i]), -i))
    accepted = [i for i, how in enumerate(late) if how is None or _is_accepted(how, course)]
    return accepted[-1] if accepted else len(own) - 1


def _is_accepted(how: Lateness, course: Course) -> bool:
    return how.days <= course.late_policy.max_days


def _remark(
    counts: Graded, late: Lateness | None, extension: Extension | None, course: Course
) -> str:
    said = []
    if late is None and counts.hand_in.late:
        said.append("Late, but how late is not told; nothing was deducted.")
    if late is not None and late.days:
        said.append(f"{str(late)[0].upper()}{str(late)[1:]}.")
    if extension:
        due = extension.due.astimezone(ZoneInfo(course.timezone))
        said.append(f"Extension until {due:%Y-%m-%d %H:%M}.")
    if counts.result.remark:
        said.append(counts.result.remark)
    return " ".join(said)
