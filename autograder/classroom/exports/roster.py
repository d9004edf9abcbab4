"""Who takes the course, as Canvas or Gradescope exports it: a CSV with one row per person.

Canvas: "Grades", "Export": Student (or LastName, FirstName), ID, SIS User ID, SIS Login ID,
Section, and the assignments; by its settings with semicolons, decimal commas and thousands
separators.
Gradescope: "Roster", "Download Roster": First Name, Last Name (or Name), Email, SID, Section.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
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
        delimiter: between fields; what is made for the same spreadsheet uses it too.
    """

    columns: tuple[str, ...]
    people: tuple[dict[str, str], ...] = field(repr=False)
    points: dict[str, str] = field(default_factory=dict)
    delimiter: str = ","

    def find(self, *known_as: str, name: str = "") -> dict[str, str] | None:
        """The row of a student, by e-mail or any id, else by a name that only one person has.

        Raises:
            RosterError: if two people have such an id, such as one's SID and the other's Canvas id.
        """
        keys = [c for c in _IDENTITIES if c in self.columns]
        wanted = {same(identity) for identity in known_as} - {""}
        found = [p for p in self.people if any(same(p[k]) in wanted for k in keys)]
        if len(found) > 1:
            raise RosterError(
                f"The roster has {len(found)} people with the id or e-mail {known_as[0]}."
            )
        if not found and name:
            found = [p for p in self.people if _words(name) in (_words(n) for n in names_of(p))]
        return found[0] if len(found) == 1 else None

    @property
    def decimal(self) -> str:
        """The sign before decimals: a comma only where fields are not separated by it."""
        cells = (text for person in (self.points, *self.people) for text in person.values())
        commas = any(re.fullmatch(r"[\d.]*\d,\d+", text.strip()) for text in cells)
        return "," if self.delimiter == ";" and commas else "."


def names_of(person: dict[str, str]) -> list[str]:
    """A person's name, in the ways that its columns give it."""
    first = person.get("First Name") or person.get("FirstName") or ""
    last = person.get("Last Name") or person.get("LastName") or ""
    told = (person.get("Name", ""), person.get("Student", ""), f"{first} {last}")
    return [name for name in told if name.strip()]


def _words(name: str) -> tuple[str, ...]:
    return tuple(sorted(re.findall(r"[^\s,]+", same(name))))


def sections_of(person: dict[str, str]) -> list[str]:
    """The sections of a person: Canvas writes "L01 and L02", Gradescope "L01, L02"."""
    text = person.get("Sections") or person.get("Section") or ""
    return [s.strip() for s in re.split(r",\s*(?:and\s+)?|\s+and\s+", text) if s.strip()]


def number(text: str) -> float | None:
    """A number as Canvas writes it, such as `1000`, `1,000.00` or `1.000,00`; None for others."""
    plain = re.sub(r"[\s'’]", "", text)
    if not re.fullmatch(r"-?\d[\d.,]*", plain):
        return None
    whole, sign, decimals = max(
        plain.rpartition("."), plain.rpartition(","), key=lambda p: len(p[0])
    )
    thousands = plain.count(sign) > 1 or (sign == "," and len(decimals) == 3) if sign else True
    digits = re.sub("[.,]", "", plain if thousands else whole)
    return float(digits if thousands else f"{digits}.{decimals or 0}")


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
        read = {sign: _rows(text, sign) for sign in (",", ";")}
    except csv.Error as error:
        raise RosterError(f"{path} is not a CSV file: {error}.") from None
    known = {sign: len(_columns(rows) & {*_IDENTITIES}) for sign, rows in read.items()}
    delimiter = ";" if known[";"] > known[","] else ","
    rows = read[delimiter]
    columns = tuple(name.strip() for name in rows[0]) if rows else ()
    if not set(columns) & set(_IDENTITIES):
        listed = ", ".join(_IDENTITIES)
        raise RosterError(f"{path} has none of the columns by which people are known: {listed}.")
    people, points = [], dict[str, str]()
    for row in rows[1:]:
        person = dict(zip(columns, [*row, *[""] * len(columns)], strict=False))
        if row[0].strip().casefold() == _POINTS:
            points = person
        elif any(person[c].strip() for c in _IDENTITIES if c in columns):
            people.append(person)  # Canvas's row on how grades are posted is nobody
    return Roster(columns, tuple(people), points, delimiter)


def _rows(text: str, delimiter: str) -> list[list[str]]:
    reader: Iterable[list[str]] = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [row for row in reader if any(row)]


def _columns(rows: list[list[str]]) -> set[str]:
    return {name.strip() for name in rows[0]} if rows else set()
