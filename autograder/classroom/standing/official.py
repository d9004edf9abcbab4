"""What is official in a class, out of the ledger: for exports and for the report."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.authoring.bundle import Bundle
from autograder.authoring.points import require_points
from autograder.classroom.ledger import Ledger
from autograder.classroom.standing.extensions import Extensions, find_extensions, same
from autograder.classroom.standing.people import find_people
from autograder.classroom.standing.standings import Graded, Standing, standings
from autograder.course.model import COURSE_FILE, Assignment, Course, find_course, load_course
from autograder.ground.errors import UserError
from autograder.ground.text import few, shown


class NothingOfficial(UserError):
    """There is nothing to export or to report yet, in one sentence."""


@dataclass(frozen=True)
class OfficialClass:
    """One assignment of a class.

    Attributes:
        submissions: all that were graded, in the order of arrival.
        standings: one per student.
        notes: what is odd about them, in a sentence each.
    """

    course: Course
    assignment: Assignment
    submissions: list[Graded]
    standings: list[Standing]
    notes: tuple[str, ...] = ()


def read_class(ledger: Ledger, slug: str, extensions: Path | None = None) -> OfficialClass:
    """Who stands where, by what is official now.

    Args:
        extensions: a file; by default the course's own.

    Raises:
        CourseError, SourceError, ExtensionsError: in what was written by hand.
        BundleError: a test is missing.
        NothingOfficial: nothing was graded, or not everything.
    """
    root = find_course()
    course = load_course(root / COURSE_FILE)
    assignment = course.assignment(slug)
    if (root / "assignments" / slug).is_dir():  # else a bundle graded, and has been looked at
        require_points(Bundle.from_course(root, slug))
    official = ledger.official(slug)
    if not official:
        raise NothingOfficial(f"Nothing was graded for {slug} yet.")
    graded = {o.hand_in.id for o in official}
    left = [h.name for h in ledger.hand_ins(slug) if h.id not in graded]
    if left:
        # Without them, an earlier submission of the same student might seem to be the last.
        names = few(left, 3)
        raise NothingOfficial(f"No result yet for {names}; run `autograder grade {slug}` again.")
    later: Extensions = find_extensions(root, course, extensions)
    submissions = [Graded(o.hand_in, o.result) for o in official]
    people = find_people([o.hand_in for o in official], root, extensions)
    marks = ledger.marks(slug)
    found = standings(submissions, slug, course, later, marks, people)
    known = {same(student) for s in found for student in (s.student, *s.known_as)}
    known |= {same(s) for h in ledger.hand_ins(slug, withdrawn=True) for s in h.students}
    given = {
        "An extension": [e.student for (_, to), e in later.entries.items() if to == slug],
        "Points from people": [mark.student for mark in marks],
    }
    notes = tuple(_of_nobody(given, known))
    return OfficialClass(course, assignment, submissions, found, notes)


def _of_nobody(given: Mapping[str, list[str]], known: Collection[str]) -> Iterator[str]:
    """What was given to names that nobody has: it does not count for whoever was meant."""
    for what, students in given.items():
        idle = [s for s in dict.fromkeys(students) if same(s) not in known]
        if idle:
            names = few(map(shown, idle))
            yield f"{what}, but no submission: {names}. Is that how submissions name them?"
