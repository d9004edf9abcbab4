"""Marks in the ledger: what people gave, entry after entry, and which of them count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from autograder.classroom.ledger.models import MarkRow, storable

_LOCK = 7_310_222  # of PostgreSQL: between looking which mark stands and adding another


@dataclass(frozen=True)
class ItemPoints:
    """Points for one item of a rubric, and how many there are for it."""

    item: str
    points: float
    of: float


@dataclass(frozen=True)
class Given:
    """A mark to be noted.

    Attributes:
        points: None takes an earlier mark back.
        items: what the points are made of, where a rubric was used.
        seen: id of the mark that stood when this one was given, 0 for none; None gives it
            whatever stands.
    """

    student: str
    question: str
    points: float | None
    comment: str = ""
    items: tuple[ItemPoints, ...] = ()
    seen: int | None = None


@dataclass(frozen=True)
class Entry:
    """What somebody entered for a question, `written`, or anything on top such as `extra`.

    Attributes:
        points: None takes back what stood.
    """

    student: str
    question: str
    points: float | None
    comment: str
    at: datetime
    by: str
    items: tuple[ItemPoints, ...] = ()
    id: int = 0


@dataclass(frozen=True)
class Mark(Entry):
    """An entry with points."""

    points: float


def add(session: Session, slug: str, given: Iterable[Given], *, by: str, at: datetime) -> bool:
    """Add entries. Returns False, with nothing added, where somebody else was faster."""
    if session.get_bind().dialect.name == "postgresql":  # SQLite has one writer at a time
        session.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
    rows = []
    for mark in given:
        student = storable(mark.student)
        if mark.seen is not None and _last(session, slug, student, mark.question) != mark.seen:
            return False
        row = MarkRow(
            assignment=slug,
            student=student,
            question=mark.question,
            points=mark.points,
            comment=storable(mark.comment),
            items=[asdict(item) for item in mark.items] or None,
            at=at,
            by=by,
        )
        rows.append(row)
    session.add_all(rows)
    return True


def _last(session: Session, slug: str, student: str, question: str) -> int:
    """Id of the last entry; 0 if there is none."""
    query = select(func.max(MarkRow.id)).where(
        MarkRow.assignment == slug, MarkRow.student == student, MarkRow.question == question
    )
    return session.scalar(query) or 0


def entries(session: Session, slug: str) -> list[Entry]:
    """All of an assignment, first to last."""
    query = select(MarkRow).where(MarkRow.assignment == slug).order_by(MarkRow.id)
    return [_entry(row) for row in session.scalars(query)]


def counting(entered: Iterable[Entry]) -> list[Mark]:
    """Those that count: of each student and question the last, unless it was taken back."""
    last: dict[tuple[str, str], Mark] = {}
    for entry in entered:
        key = entry.student, entry.question
        if isinstance(entry, Mark):
            last[key] = entry
        else:
            last.pop(key, None)
    return list(last.values())


def _entry(row: MarkRow) -> Entry:
    items = tuple(ItemPoints(**item) for item in row.items or [])
    kept = (row.comment, row.at, row.by, items, row.id)
    if row.points is None:
        return Entry(row.student, row.question, None, *kept)
    return Mark(row.student, row.question, row.points, *kept)
