"""Who takes the course, as Canvas or Gradescope exports it: a CSV with one row per person.

Canvas: "Grades", "Export": Student, ID, SIS User ID, SIS Login ID, Section, and the assignments.
Gradescope: "Roster", "Download Roster": First Name, Last Name (or Name), Email, SID, Section.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path

from autograder.classroom.standing.extensions import same
from autograder.ground.errors import UserError

_IDENTITIES = ("Email", "SID", "ID", "SIS User ID", "SIS Login ID", "Integration ID")
_POINTS = "points possible"


class RosterError(UserError):
    """A roster that cannot be used, in one sentence."""


@dataclass(frozen=True)
class Roster:
    """The rows of a roster.

    Attributes:
        columns: all of them, in order.
        people: text by column.
        points: Canvas's row of points by column; empty elsewhere.
    """

    columns: tuple[str, ...]
    people: tuple[dict[str, str], ...] = field(repr=False)
    points: dict[str, str] = field(default_factory=dict)

    def find(self, student: str) -> dict[str, str] | None:
        """The row of a student, named by e-mail or any id.

        Raises:
            RosterError: if two people have this id, such as one's SID and the other's Canvas id.
        """
        keys = [c for c in _IDENTITIES if c in self.columns]
        found = [p for p in self.people if any(same(p[k]) == same(student) for k in keys)]
        if len(found) > 1:
            raise RosterError(
                f"The roster has {len(found)} people with the id or e-mail {student}."
            )
        return found[0] if found else None


def read_roster(path: Path) -> Roster:
    """Read a roster.

    Raises:
        RosterError: one sentence that names the file.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise RosterError(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise RosterError(f"{path} is not a CSV file saved as UTF-8.") from None
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline="")) if any(row)]
    except csv.Error as error:
        raise RosterError(f"{path} is not a CSV file: {error}.") from None
    columns = tuple(name.strip() for name in rows[0]) if rows else ()
    if not set(columns) & set(_IDENTITIES):
        known = ", ".join(_IDENTITIES)
        raise RosterError(f"{path} has none of the columns by which people are known: {known}.")
    people, points = [], dict[str, str]()
    for row in rows[1:]:
        person = dict(zip(columns, [*row, *[""] * len(columns)], strict=False))
        if row[0].strip().casefold() == _POINTS:
            points = person
        elif any(person[c].strip() for c in _IDENTITIES if c in columns):
            people.append(person)  # Canvas's row on how grades are posted is nobody
    return Roster(columns, tuple(people), points)
