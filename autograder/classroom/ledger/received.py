"""A hand-in as the ledger has it."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from autograder.classroom.intake import Person, named
from autograder.classroom.ledger.models import HandInRow


@dataclass(frozen=True)
class Received:
    """A hand-in as the ledger has it.

    Attributes:
        submission: digest of its content.
        people: one for each of `students`; empty where nothing more is known of them.
    """

    id: int
    name: str
    students: tuple[str, ...]
    submitted: datetime | None
    late: bool
    submission: str
    people: tuple[Person, ...] = ()

    @property
    def who(self) -> str:
        """Who handed in, in words for people."""
        return named(self.students, self.people)

    def without(self, students: Collection[str]) -> Received:
        """The same for the others of a group."""
        left = [i for i, student in enumerate(self.students) if student not in students]
        return dataclasses.replace(
            self,
            students=tuple(self.students[i] for i in left),
            people=tuple(self.people[i] for i in left) if self.people else (),
        )


def received(row: HandInRow) -> Received:
    """What a row of the table tells."""
    return Received(
        id=row.id,
        name=row.name,
        students=tuple(row.students),
        submitted=row.submitted,
        late=row.late,
        submission=row.submission,
        people=tuple(Person(**person) for person in row.people),
    )
