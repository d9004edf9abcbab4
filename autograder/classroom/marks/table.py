"""Marks from a CSV file, all of them checked before one is noted.

Either a line per mark (`student, question, points, comment`), or a line per student with a column
for each question (`student, written, extra`) and perhaps a `comment`, which goes with all of them.
An empty cell gives nothing and takes nothing back.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path

from autograder.classroom.ledger import Given
from autograder.classroom.marks.rules import WrongMark, check_mark, is_extra, questions
from autograder.course.model import Assignment
from autograder.ground.errors import UserError

_LONG = ("student", "question", "points")


class MarksError(UserError):
    """A table of marks that cannot be taken, in one sentence that names file and line."""


def read_marks(path: Path, assignment: Assignment, whom: Callable[[str], str]) -> list[Given]:
    """The marks of a file, in its order.

    Args:
        whom: the student meant by a name.

    Raises:
        MarksError: nothing of the file is taken then.
    """
    found: list[Given] = []
    lines: dict[tuple[str, str], int] = {}
    for number, name, question, points, comment in _entries(path, assignment):
        try:
            student, value = whom(name), _number(points)
            check_mark(assignment, question, value)
        except UserError as error:
            raise MarksError(f"{path}, line {number}: {error}") from None
        first = lines.setdefault((student, question), number)
        if first != number:
            raise MarksError(
                f"{path}, line {number}: {student} has points for {question} in line {first} too."
            )
        found.append(Given(student, question, value, comment))
    if not found:
        raise MarksError(f"{path} gives nobody points.")
    return found


def _entries(path: Path, assignment: Assignment) -> Iterator[tuple[int, str, str, str, str]]:
    """Line, student, question, points and comment of each cell that has points."""
    rows = _rows(path)
    number, columns = next(rows, (1, []))
    columns = [name.strip().casefold() for name in columns]
    twice = next((name for name in columns if columns.count(name) > 1), "")
    if twice:
        raise MarksError(f"{path} has two columns called {twice}.")
    long = set(_LONG) <= set(columns)
    others = [name for name in columns if name not in ("student", "comment")]
    for name in others if not long else [n for n in others if n not in _LONG]:
        if long or not (name in questions(assignment) or is_extra(name)):
            known = ", ".join([*questions(assignment), "extra"])
            raise MarksError(
                f"{path}: the column {name or '(without a name)'} is no question; take it out. "
                f"Columns are student, question, points, comment, or student and any of {known}."
            )
    if "student" not in columns or not others:
        raise MarksError(
            f"{path} has no column student, or none with points: the first line names the "
            "columns student, question, points, comment."
        )
    for number, row in rows:
        cells = dict(zip(columns, [*row, *[""] * len(columns)], strict=False))
        comment = cells.get("comment", "").strip()
        given = {cells["question"].strip(): cells["points"]} if long else {}
        for question, points in (given if long else {q: cells[q] for q in others}).items():
            if points.strip():
                yield number, cells["student"].strip(), question, points.strip(), comment


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not blank, with the number of the line on which each ends."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise MarksError(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise MarksError(f"{path} is not a CSV file saved as UTF-8.") from None
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, row
    except csv.Error as error:
        raise MarksError(f"{path}, line {reader.line_num}: {error}.") from None


def _number(text: str) -> float:
    try:
        return float(text if "." in text else text.replace(",", "."))
    except ValueError:
        raise WrongMark(f"{text} is not a number of points.") from None
