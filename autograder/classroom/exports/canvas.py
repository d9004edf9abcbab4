"""Standings as Canvas's gradebook imports them.

Canvas takes an empty field for "no score" and `EX` for "excused", and sets what it had to that. So
whatever is not ours to say is written as the roster, Canvas's own export, has it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from autograder.classroom.exports.formats import (
    Export,
    not_in_roster,
    possible,
    shown_points,
    table,
)
from autograder.classroom.exports.roster import Roster, RosterError, number
from autograder.classroom.standing.standings import WRITTEN, Standing
from autograder.course.model import Assignment
from autograder.ground.text import cell, few, shown

_EXCUSED = "ex"


class _Column(NamedTuple):
    header: str
    possible: float
    score: Callable[[Standing], float | None]  # None: nothing to say yet


def to_canvas(
    standings: Sequence[Standing],
    assignment: Assignment,
    roster: Roster,
    *,
    column: str | None = None,
    per_question: bool = False,
) -> Export:
    """Canvas's own identity columns and those of the assignment.

    People without a submission, and those who are excused, keep what Canvas has; so do those
    whose written answer has no mark yet, where others have one.

    Args:
        roster: Canvas's own export; it tells people and the assignment's number.
        column: name of the assignment in Canvas; by default its title.
        per_question: a column for each question too; in Canvas each is an assignment.

    Raises:
        RosterError: if the roster is not Canvas's, or does not tell two students apart.
    """
    identity = _identity(roster)
    columns, warnings = _columns(standings, assignment, roster, column, per_question)
    found: dict[int, Standing] = {}
    unknown = []
    for standing in standings:
        person = roster.find(standing.student, *standing.known_as, name=standing.name)
        if person is None:
            unknown.append(standing)
        elif id(person) in found:
            both = f"{found[id(person)].label} and {standing.label}"
            raise RosterError(f"{both} are one person in the roster, with a standing each.")
        else:
            found[id(person)] = standing
    blank = [""] * (len(identity) - 1)
    rows = [["    Points Possible", *blank, *(shown_points(c.possible) for c in columns)]]
    for person in roster.people:
        own = found.get(id(person))
        scores = [_score(c, own, person, roster.decimal) for c in columns]
        rows.append([*(cell(person[c]) for c in identity), *scores])
    here = [p for p in roster.people if id(p) in found]
    excused = [found[id(p)].label for p in here if any(_is_excused(p, c) for c in columns)]
    if excused:
        warnings.append(f"Excused in Canvas, and left so: {few(excused)}.")
    header = [*identity, *(cell(c.header) for c in columns)]
    text = table(header, rows, roster.delimiter)
    return Export(text, [*warnings, *not_in_roster(unknown)], len(unknown))


def _identity(roster: Roster) -> tuple[str, ...]:
    """Canvas's columns up to the section, in its order: it counts them."""
    named = "Student" in roster.columns or {"LastName", "FirstName"} <= set(roster.columns)
    missing = [c for c in ("ID", "Section") if c not in roster.columns]
    missing = missing if named else ["Student", *missing]
    if missing:
        problem = f"no column {missing[0]}; in Canvas, export the gradebook: Grades, Export"
        raise RosterError(f"The roster is not an export of Canvas's gradebook: {problem}.")
    return roster.columns[: roster.columns.index("Section") + 1]


def _is_excused(person: dict[str, str], column: _Column) -> bool:
    return person.get(column.header, "").strip().casefold() == _EXCUSED


def _score(column: _Column, own: Standing | None, person: dict[str, str], decimal: str) -> str:
    """Points; where there is nothing to say, what the roster has."""
    points = column.score(own) if own and not _is_excused(person, column) else None
    if points is not None:
        return shown_points(points).replace(".", decimal)
    kept = person.get(column.header, "")
    return kept if number(kept) is not None else cell(kept)


def _columns(
    standings: Sequence[Standing],
    assignment: Assignment,
    roster: Roster,
    name: str | None,
    per_question: bool,
) -> tuple[list[_Column], list[str]]:
    name = name or assignment.title
    full = possible(assignment, standings)
    by_people = full > assignment.points

    def total(standing: Standing) -> float | None:
        return None if by_people and WRITTEN not in standing.points else standing.score

    columns = [_Column(name, full, total)]
    if per_question:
        for key, question in assignment.questions.items():

            def score(standing: Standing, key: str = key) -> float:
                return standing.points[key]

            columns.append(_Column(f"{name}: {key} {question.title}", question.points, score))
    placed, warnings = [], []
    for column in columns:
        pattern = re.compile(re.escape(column.header) + r"( \(\d+\))?")
        there = [c for c in roster.columns if pattern.fullmatch(c)]
        if len(there) > 1:
            raise RosterError(f"Canvas has {len(there)} assignments called {column.header}.")
        if not there:
            warnings.append(f"Canvas will make a new assignment: {column.header}.")
        else:
            told = roster.points.get(there[0], "").strip()
            if number(told) not in (None, column.possible):
                warnings.append(
                    f"In Canvas, {there[0]} has {shown(told)} points; "
                    f"here it has {column.possible:g}."
                )
        placed.append(column._replace(header=there[0] if there else column.header))
    return placed, warnings
