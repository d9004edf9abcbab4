"""Standings as the files that other systems read: Canvas, Gradescope, and anybody's spreadsheet.

Each function returns the text of a CSV file. What can be imported where: docs/grading.md.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from autograder.classroom.exports.roster import Roster, RosterError
from autograder.classroom.standing.standings import WRITTEN, Standing
from autograder.course.model import Assignment
from autograder.ground.text import cell

_CANVAS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")


class Export(NamedTuple):
    """A file's text, and what somebody should know before using it."""

    text: str
    warnings: list[str]


def possible(assignment: Assignment, standings: Iterable[Standing]) -> float:
    """Points that can be reached; those of the written question once any of it is graded."""
    by_people = any(WRITTEN in s.points for s in standings)
    return _full(assignment, by_people=by_people)


def _full(assignment: Assignment, *, by_people: bool) -> float:
    written = assignment.written.points if by_people and assignment.written else 0.0
    return assignment.points + written


def to_csv(standings: Sequence[Standing], assignment: Assignment) -> Export:
    """Everything about a standing, one row per student."""
    questions = list(assignment.questions)
    questions += dict.fromkeys(q for s in standings for q in s.points if q not in questions)
    header = ["student", "score", "max_score", "before_late_policy", *questions]
    header += ["submission", "submitted", "due", "days_late", "other_submissions", "remark"]
    rows = []
    for s in standings:
        full = _full(assignment, by_people=WRITTEN in s.points)  # no mark is not 0 points
        submitted = s.counts.hand_in.submitted
        rows.append(
            [
                cell(s.student),
                _points(s.score),
                _points(full),
                _points(s.raw),
                *(_points(s.points[q]) if q in s.points else "" for q in questions),
                cell(s.counts.hand_in.name),
                submitted.astimezone(s.due.tzinfo).isoformat() if submitted else "",
                s.due.isoformat(),
                s.lateness.days if s.lateness else "",
                s.others,
                cell(s.remark),
            ]
        )
    return Export(_table(header, rows), [])


# --- Gradescope --------------------------------------------------------------------------------

_SUBMISSION = re.compile(r"submission_(\d+)(-\d+)?", re.ASCII)


def to_gradescope(
    standings: Sequence[Standing], assignment: Assignment, roster: Roster | None = None
) -> Export:
    """The columns of Gradescope's own "Download Grades", for what reads such files.

    Gradescope itself imports no scores; see docs/grading.md for how they get there.
    """
    header = ["First Name", "Last Name", "SID", "Email", "Sections", "Total Score", "Max Points"]
    header += ["Status", "Submission ID", "Submission Time", "Lateness (H:M:S)"]
    header += ["Submission Count"]
    header += [
        f"{number}: {question.title} ({question.points:.1f} pts)"
        for number, question in enumerate(assignment.questions.values(), start=1)
    ]
    rows, unknown = [], []
    for s in standings:
        full = _full(assignment, by_people=WRITTEN in s.points)
        person = roster.find(s.student) if roster else None
        if roster and person is None:
            unknown.append(s.student)
        number = _SUBMISSION.fullmatch(s.counts.hand_in.name)
        rows.append(
            [
                *_person(s.student, person),
                _points(s.score),
                _points(full),
                "Graded",
                number[1] if number else "",
                _gradescope_time(s.counts.hand_in.submitted),
                _late_by(s),
                s.others + 1,
                *(_points(s.points[q]) for q in assignment.questions),
            ]
        )
    return Export(_table(header, rows), _not_in_roster(unknown))


def _person(student: str, person: dict[str, str] | None) -> list[str]:
    """First name, last name, SID, e-mail, section."""
    known = person or {}
    first, last = known.get("First Name", ""), known.get("Last Name", "")
    if not first and not last:
        first, _, last = known.get("Name", "").strip().rpartition(" ")
    mail = "@" in student
    sid = known.get("SID") or ("" if mail else student)
    email = known.get("Email") or (student if mail else "")
    section = known.get("Sections") or known.get("Section") or ""
    return [cell(text) for text in (first, last, sid, email, section)]


def _gradescope_time(moment: datetime | None) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} +0000" if moment else ""


def _late_by(standing: Standing) -> str:
    submitted = standing.counts.hand_in.submitted
    over = max(submitted - standing.due, timedelta()) if submitted else None
    if over is None:
        return ""
    minutes, seconds = divmod(int(over.total_seconds()), 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"


# --- Canvas ------------------------------------------------------------------------------------


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
    """What Canvas's gradebook imports: its own identity columns and those of the assignment.

    People without a submission keep an empty field, which Canvas leaves as it is. Those
    whose written answer has no mark yet, where others have one, keep what Canvas has.

    Args:
        roster: Canvas's own export; it tells people and the assignment's number.
        column: name of the assignment in Canvas; by default its title.
        per_question: a column for each question too; in Canvas each is an assignment.

    Raises:
        RosterError: if the roster is not Canvas's, or does not tell two students apart.
    """
    missing = [c for c in ("Student", "ID", "Section") if c not in roster.columns]
    if missing:
        problem = f"no column {missing[0]}; in Canvas, export the gradebook: Grades, Export"
        raise RosterError(f"The roster is not an export of Canvas's gradebook: {problem}.")
    identity = [c for c in _CANVAS if c in roster.columns]
    columns, warnings = _canvas_columns(standings, assignment, roster, column, per_question)
    found: dict[int, Standing] = {}
    unknown = []
    for standing in standings:
        person = roster.find(standing.student)
        if person is None:
            unknown.append(standing.student)
        elif id(person) in found:
            both = f"{found[id(person)].student} and {standing.student}"
            raise RosterError(f"{both} are one person in the roster, with a standing each.")
        else:
            found[id(person)] = standing
    blank = [""] * (len(identity) - 1)
    rows = [["    Points Possible", *blank, *(_points(c.possible) for c in columns)]]
    for person in roster.people:
        own = found.get(id(person))
        scores = [_canvas_cell(c, own, person) if own else "" for c in columns]
        rows.append([*(person[c] for c in identity), *scores])
    text = _table([*identity, *(c.header for c in columns)], rows)
    return Export(text, [*warnings, *_not_in_roster(unknown)])


def _canvas_cell(column: _Column, standing: Standing, person: dict[str, str]) -> str:
    """Points; where there is nothing to say yet, what the roster has."""
    points = column.score(standing)
    return person.get(column.header, "") if points is None else _points(points)


def _canvas_columns(
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
        elif _differs(roster.points.get(there[0], ""), column.possible):
            told = roster.points[there[0]].strip()
            warnings.append(
                f"In Canvas, {there[0]} has {told} points; here it has {column.possible:g}."
            )
        placed.append(column._replace(header=there[0] if there else column.header))
    return placed, warnings


def _differs(text: str, points: float) -> bool:
    try:
        return float(text) != points
    except ValueError:
        return False


def _not_in_roster(students: list[str]) -> list[str]:
    if not students:
        return []
    few = ", ".join(students[:10]) + (" …" if len(students) > 10 else "")
    return [f"Not in the roster: {few}."]


def _points(points: float) -> str:
    return f"{points:.10g}"


def _table(header: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(header)
    table.writerows(rows)
    return out.getvalue()
