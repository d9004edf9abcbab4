"""Withdrawals in the ledger: what went in by mistake, and what counts again."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from autograder.classroom.ledger.models import HandInRow, WithdrawalRow


@dataclass(frozen=True)
class Withdrawal:
    """That a hand-in does not count for a student, or (`withdrawn` is False) counts again."""

    student: str
    withdrawn: bool
    at: datetime
    by: str
    why: str


def entries(session: Session, slug: str) -> dict[int, list[Withdrawal]]:
    """All of an assignment, first to last, by the id of the hand-in they are about."""
    query = (
        select(WithdrawalRow)
        .join(HandInRow, HandInRow.id == WithdrawalRow.hand_in)
        .where(HandInRow.assignment == slug)
        .order_by(WithdrawalRow.id)
    )
    found: dict[int, list[Withdrawal]] = {}
    for row in session.scalars(query):
        told = Withdrawal(row.student, row.withdrawn, row.at, row.by, row.why)
        found.setdefault(row.hand_in, []).append(told)
    return found


def withdrawn(entered: Iterable[Withdrawal]) -> Collection[str]:
    """Students for whom a hand-in does not count: of each the last entry decides."""
    last = {entry.student: entry for entry in entered}
    return {student for student, entry in last.items() if entry.withdrawn}
