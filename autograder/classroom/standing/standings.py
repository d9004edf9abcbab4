"""Where each student stands: which submission counts, how late it is, and what it is worth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from autograder.classroom.intake import Person
from autograder.classroom.standing.extensions import Extension, Extensions, same
from autograder.classroom.standing.late import Lateness, lateness
from autograder.classroom.standing.people import People, Someone, called
from autograder.course.model import Assignment, Course
from autograder.grading.results import Result

if TYPE_CHECKING:
    from autograder.classroom.ledger import Mark

WRITTEN = "written"
"""Name of the written question among points and marks."""

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class Delivered(Protocol):
    """What a standing asks of a hand-in: an `intake.HandIn`, or what the ledger keeps of one."""

    @property
    def name(self) -> str: ...
    @property
    def students(self) -> tuple[str, ...]: ...
    @property
    def submitted(self) -> datetime | None: ...
    @property
    def late(self) -> bool: ...
    @property
    def people(self) -> tuple[Person, ...]: ...


@dataclass(frozen=True)
class Graded:
    """A hand-in and its result."""

    hand_in: Delivered
    result: Result


@dataclass(frozen=True)
class Standing:
    """One student's standing in one assignment.

    Attributes:
        counts: the submission that counts.
        points: by question, before the late policy. A person's mark for an autograded question
            replaces its points; `written` and any other name come after them.
        marks: what people gave.
        due: this student's own, extension included.
        lateness: None where the source tells no time.
        score: after the late policy, to hundredths.
        others: how many submissions do not count.
        remark: what a TA should know, in whole sentences.
        name: of the student; "" where no source tells it.
        known_as: every identity and id of the student.
    """

    student: str
    counts: Graded
    points: dict[str, float]
    marks: tuple[Mark, ...]
    due: datetime
    lateness: Lateness | None
    score: float
    others: int
    remark: str
    name: str = ""
    known_as: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The student in words for people."""
        return called(self.student, self.name)

    @property
    def raw(self) -> float:
        """Points before the late policy."""
        return _sum(self.points)

    @property
    def deducted(self) -> float:
        """Points lost by lateness."""
        return round(self.raw - self.score, 6)


def standings(
    submissions: Iterable[Graded],
    slug: str,
    course: Course,
    extensions: Extensions | None = None,
    marks: Iterable[Mark] = (),
    people: People | None = None,
) -> list[Standing]:
    """One standing per student, sorted by student. Every member of a group gets the group's.

    `counts: last` takes the last submission that is accepted at all: one that comes after the last
    day takes nothing away. `counts: best` takes the one worth most after the late policy.
    Submissions without a time are in the order of `submissions`, before those with one.

    Args:
        people: who is who; by default as the submissions tell.

    Raises:
        CourseError: if the course has no such assignment.
    """
    submissions = list(submissions)
    people = people or People(submission.hand_in for submission in submissions)
    by_student: dict[str, list[Graded]] = {}
    for submission in submissions:
        for key in dict.fromkeys(people.key(s) for s in submission.hand_in.students):
            by_student.setdefault(key, []).append(submission)
    given: dict[str, dict[str, Mark]] = {}
    for mark in sorted(marks, key=lambda mark: mark.at):  # the last one of a person counts
        given.setdefault(people.key(mark.student), {})[mark.question] = mark
    judge = _Judge(course, course.assignment(slug), extensions or Extensions())
    found = []
    for key, own in by_student.items():
        student = next(s for s in own[-1].hand_in.students if people.key(s) == key)
        found.append(judge(people.of(student), own, list(given.get(key, {}).values())))
    return sorted(found, key=lambda s: same(s.student))


@dataclass(frozen=True)
class _Judge:
    """Decides one student's standing after another."""

    course: Course
    assignment: Assignment
    extensions: Extensions

    def __call__(self, someone: Someone, own: list[Graded], marks: list[Mark]) -> Standing:
        extension = self.extensions.latest(someone.known_as, self.assignment)
        due = extension.due if extension else self.assignment.due
        in_order = sorted(own, key=lambda g: g.hand_in.submitted or _LONG_AGO)  # a stable sort
        late = [self._lateness(g, due) for g in in_order]
        points = [self._points(g, marks) for g in in_order]
        worth = [_worth(_sum(p), how) for p, how in zip(points, late, strict=True)]
        chosen = self._chosen(worth, late)
        return Standing(
            student=someone.student,
            counts=in_order[chosen],
            points=points[chosen],
            marks=tuple(marks),
            due=due,
            lateness=late[chosen],
            score=worth[chosen],
            others=len(own) - 1,
            remark=self._remark(extension, in_order[chosen], late[chosen]),
            name=someone.name,
            known_as=someone.known_as,
        )

    def _lateness(self, submission: Graded, due: datetime) -> Lateness | None:
        submitted = submission.hand_in.submitted
        if submitted is None:
            return None
        return lateness(submitted, due, self.course.late_policy, ZoneInfo(self.course.timezone))

    def _points(self, submission: Graded, marks: list[Mark]) -> dict[str, float]:
        scores = submission.result.question_scores()
        points = {key: scores.get(key, 0.0) for key in self.assignment.questions}
        return points | {mark.question: mark.points for mark in marks}

    def _chosen(self, worth: list[float], late: list[Lateness | None]) -> int:
        """Index of the submission that counts; of equal ones the earlier is the best."""
        if self.course.counts == "best":
            return max(range(len(worth)), key=lambda i: (worth[i], -i))
        days = self.course.late_policy.max_days
        accepted = [i for i, how in enumerate(late) if how is None or how.days <= days]
        return accepted[-1] if accepted else len(late) - 1

    def _remark(self, extension: Extension | None, counts: Graded, late: Lateness | None) -> str:
        said = []
        if late is None and counts.hand_in.late:
            said.append("Late, but how late is not told; nothing was deducted.")
        if late is not None and late.days:
            said.append(f"{str(late)[0].upper()}{str(late)[1:]}.")
        if extension:
            due = extension.due.astimezone(ZoneInfo(self.course.timezone))
            said.append(f"Extension until {due:%Y-%m-%d %H:%M}.")
        if counts.result.remark:
            said.append(counts.result.remark)
        return " ".join(said)


def _worth(points: float, late: Lateness | None) -> float:
    return round(points * late.share, 2) if late is not None and late.days else points


def _sum(points: Mapping[str, float]) -> float:
    return round(sum(points.values()), 6)
