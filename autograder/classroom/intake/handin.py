"""What somebody handed in: where it lies, who and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from autograder.ground.errors import UserError


class IntakeError(UserError):
    """A class that cannot be taken in as it is, in one sentence."""


class NoSubmissions(UserError):
    """A path given on the command line leads to no submission at all."""


@dataclass(frozen=True)
class Person:
    """What a source tells of a student besides the identity; "" where it does not.

    Attributes:
        sid: an id that stays when name and e-mail change, such as `Gradescope 0042`.
    """

    name: str = ""
    email: str = ""
    sid: str = ""


@dataclass(frozen=True)
class HandIn:
    """One hand-in. A student may have several; those without a time are in their order.

    Attributes:
        name: unique in a run; names the result file.
        path: file, folder or zip; `submission.read` reads it later.
        students: who handed it in, more than one for a group: e-mail or id, else the name that
            the path tells.
        submitted: aware; None where the source does not tell.
        late: whether the source calls it late; asked only where it tells no time.
        source: whose export it comes from; "" for a plain file, folder or zip.
        people: one for each of `students`; empty where the source tells nothing more.
        note: what is odd about it, for staff, in a sentence.
    """

    name: str
    path: Path
    students: tuple[str, ...]
    submitted: datetime | None = None
    late: bool = False
    source: str = ""
    people: tuple[Person, ...] = ()
    note: str = ""

    @property
    def names(self) -> str:
        """Of the people, where the source tells any; "" otherwise."""
        told = any(person.name for person in self.people)
        return named(self.students, self.people) if told else ""

    @property
    def label(self) -> str:
        """Whose it is, and which one where that does not say so."""
        who = named(self.students, self.people)
        return self.name if who == self.name else f"{who} ({self.name})"


def named(students: tuple[str, ...], people: tuple[Person, ...]) -> str:
    """Who handed in, in words for people: names where they are known."""
    names = [p.name or s for s, p in zip(students, people, strict=True)] if people else students
    return ", ".join(names)


def latest(hand_ins: Iterable[HandIn]) -> list[HandIn]:
    """Of each student or group the last hand-in, in the order of their first ones."""
    last: dict[tuple[str, ...], HandIn] = {}
    for hand_in in hand_ins:
        before = last.get(hand_in.students)
        earlier = before.submitted if before else None
        if not (earlier and hand_in.submitted and hand_in.submitted < earlier):
            last[hand_in.students] = hand_in
    return list(last.values())
