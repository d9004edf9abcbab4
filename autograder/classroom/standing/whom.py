"""The student whom a TA means by a name, an id, a submission, or by a part of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from autograder.classroom.ledger import Ledger, Received
from autograder.classroom.standing.people import People, Someone, find_people
from autograder.course.model import CourseError, find_course
from autograder.ground.errors import UserError


class UnknownStudent(UserError):
    """There is nothing about this student, in one sentence."""


def people_of(hand_ins: Iterable[Received]) -> People:
    """Who is who, with the aliases of the course, if we are in one."""
    try:
        return find_people(hand_ins, find_course())
    except CourseError:
        return People(hand_ins)


def the_student(ledger: Ledger, slug: str, asked: str, *, withdrawn: bool = False) -> Someone:
    """The student of an assignment who is meant.

    Raises:
        UnknownStudent: nobody, or more than one.
    """
    hand_ins = ledger.hand_ins(slug, withdrawn=withdrawn)
    people = people_of(hand_ins)
    who = whom(asked, hand_ins, people)
    if not who:
        raise UnknownStudent(f"Nobody called {asked} has handed in {slug}.")
    return people.of(who)


def whom(asked: str, hand_ins: Sequence[Received], people: People) -> str:
    """The student meant: by an exact identity, name or submission, or by a part that is unique.

    Raises:
        UnknownStudent: more than one.
    """
    called: dict[str, set[str]] = {}
    for hand_in in hand_ins:
        for student in hand_in.students:
            someone = people.of(student)
            alone = {hand_in.name} if len(hand_in.students) == 1 else set()
            names = {*someone.known_as, someone.name, *alone} - {""}
            called.setdefault(someone.student, set()).update(names)
    wanted = asked.casefold()
    exact = [s for s, names in called.items() if wanted in {n.casefold() for n in names}]
    part = [s for s, names in called.items() if any(wanted in n.casefold() for n in names)]
    close = [asked] if asked in called else exact or part
    if len(close) > 1:
        few = ", ".join(people.of(s).label for s in sorted(close)[:5])
        raise UnknownStudent(f"{asked} may be {few}; say which.")
    return close[0] if close else ""
