"""Standings as files: for anybody's spreadsheet, and in Gradescope's columns (Canvas: canvas.py).

Each function returns the text of a CSV file. What can be imported where: docs/grading.md.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from autograder.classroom.exports.roster import Roster, sections_of
from autograder.classroom.standing.standings import WRITTEN, Standing
from autograder.course.model import Assignment
from autograder.ground.text import cell, few


class Export(NamedTuple):
    """A file's text, and what somebody should know before using it.

    Attributes:
        left_out: students who have a score here and are not in the text.
    """

    text: str
    warnings: list[str]
    left_out: int = 0


def possible(assignment: Assignment, standings: Iterable[Standing]) -> float:
    """Points that can be reached; those of the written question once any of it is graded."""
    by_people = any(WRITTEN in s.points for s in standings)
    return _full(assignment, by_people=by_people)


def _full(assignment: Assignment, *, by_people: bool) -> float:
    written = assignment.written.points if by_people and assignment.written else 0.0
    return assignment.points + written


def to_csv(
    standings: Sequence[Standing], assignment: Assignment, roster: Roster | None = None
) -> Export:
    """Everything about a standing, one row per student; with a roster, sections too."""
    questions = list(assignment.questions)
    questions += dict.fromkeys(q for s in standings for q in s.points if q not in questions)
    header = ["student", "name", *(["sections"] if roster else [])]
    header += ["score", "max_score", "before_late_policy", *questions]
    header += ["submission", "submitted", "due", "days_late", "other_submissions", "remark"]
    rows, unknown = [], []
    for s in standings:
        full = _full(assignment, by_people=WRITTEN in s.points)  # no mark is not 0 points
        submitted = s.counts.hand_in.submitted
        person = find(roster, s)
        if roster and person is None:
            unknown.append(s)
        sections = ", ".join(sections_of(person or {}))
        rows.append(
            [
                cell(s.student),
                cell(s.name),
                *([cell(sections)] if roster else []),
                shown_points(s.score),
                shown_points(full),
                shown_points(s.raw),
                *(shown_points(s.points[q]) if q in s.points else "" for q in questions),
                cell(s.counts.hand_in.name),
                submitted.astimezone(s.due.tzinfo).isoformat() if submitted else "",
                s.due.isoformat(),
                s.lateness.days if s.lateness else "",
                s.others,
                cell(s.remark),
            ]
        )
    return Export(table(header, rows), not_in_roster(unknown))


def find(roster: Roster | None, standing: Standing) -> dict[str, str] | None:
    """The row of a student in the roster; None if there is none."""
    known = (standing.student, *standing.known_as)
    return roster.find(*known, name=standing.name) if roster else None


def in_section(
    standings: Iterable[Standing], roster: Roster, section: str
) -> tuple[list[Standing], Roster]:
    """Those of one section, and the roster without the others."""

    def belongs(person: dict[str, str] | None) -> bool:
        return section.casefold() in (s.casefold() for s in sections_of(person or {}))

    people = tuple(person for person in roster.people if belongs(person))
    chosen = [s for s in standings if belongs(find(roster, s))]
    return chosen, dataclasses.replace(roster, people=people)


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
    header += ["View Count", "Submission Count"]
    header += [
        f"{number}: {question.title} ({question.points:.1f} pts)"
        for number, question in enumerate(assignment.questions.values(), start=1)
    ]
    rows, unknown = [], []
    for s in standings:
        full = _full(assignment, by_people=WRITTEN in s.points)
        person = find(roster, s)
        if roster and person is None:
            unknown.append(s)
        number = _SUBMISSION.fullmatch(s.counts.hand_in.name)
        rows.append(
            [
                *_person(s, person),
                shown_points(s.score),
                shown_points(full),
                "Graded",
                number[1] if number else "",
                _gradescope_time(s.counts.hand_in.submitted),
                _late_by(s),
                "",  # only Gradescope knows how often its pages were viewed
                s.others + 1,
                *(shown_points(s.points[q]) for q in assignment.questions),
            ]
        )
    return Export(table(header, rows), not_in_roster(unknown))


def _person(standing: Standing, person: dict[str, str] | None) -> list[str]:
    """First name, last name, SID, e-mail, sections."""
    known = person or {}
    first, last = known.get("First Name", ""), known.get("Last Name", "")
    if not first and not last:
        name = known.get("Name", "").strip() or standing.name
        first, _, last = name.rpartition(" ")
    mails = [identity for identity in (standing.student, *standing.known_as) if "@" in identity]
    ids = [identity for identity in (standing.student, *standing.known_as) if "@" not in identity]
    sid = known.get("SID") or next(iter(ids), "")
    email = known.get("Email") or next(iter(mails), "")
    return [cell(text) for text in (first, last, sid, email, ", ".join(sections_of(known)))]


def _gradescope_time(moment: datetime | None) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} +0000" if moment else ""


def _late_by(standing: Standing) -> str:
    submitted = standing.counts.hand_in.submitted
    over = max(submitted - standing.due, timedelta()) if submitted else None
    if over is None:
        return ""
    minutes, seconds = divmod(int(over.total_seconds()), 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"


def not_in_roster(standings: Sequence[Standing]) -> list[str]:
    """A warning that names people; none if there is nobody."""
    if not standings:
        return []
    return [f"Not in the roster: {few(s.label for s in standings)}."]


def shown_points(points: float) -> str:
    """Points without the last digits of binary fractions."""
    return f"{points:.10g}"


def table(header: Sequence[object], rows: Iterable[Sequence[object]], delimiter: str = ",") -> str:
    """The text of a CSV file."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", delimiter=delimiter)
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()
