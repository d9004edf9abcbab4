"""The student whom a TA means by a name, or by a part of it."""

from __future__ import annotations

from autograder.classroom.ledger import Ledger
from autograder.ground.errors import UserError


class UnknownStudent(UserError):
    """There is nothing about this student, in one sentence."""


def the_student(ledger: Ledger, slug: str, asked: str) -> str:
    """The student of an assignment who is meant.

    Raises:
        UnknownStudent: nobody, or more than one.
    """
    who = whom(asked, {s for h in ledger.hand_ins(slug) for s in h.students})
    if not who:
        raise UnknownStudent(f"Nobody called {asked} has handed in {slug}.")
    return who


def whom(asked: str, known: set[str]) -> str:
    """The student meant: the exact name, or the only one that contains what was asked for."""
    if asked in known:
        return asked
    close = sorted(s for s in known if asked.casefold() in s.casefold())
    if len(close) > 1:
        raise UnknownStudent(f"{asked} may be {', '.join(close[:5])}; say which.")
    return close[0] if close else ""
