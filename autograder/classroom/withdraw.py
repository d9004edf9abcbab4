"""`autograder withdraw`: what went in by mistake comes out, and can come back."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from autograder.classroom.ledger import Ledger, Received, open_ledger
from autograder.classroom.standing.whom import people_of, the_student
from autograder.ground.errors import UserError


class NothingToWithdraw(UserError):
    """There is no such submission, in one sentence."""


def withdraw(
    slug: str,
    student: str,
    why: str,
    only: str,
    undo: bool,
    output: Path,
    ledger_url: str,
    console: Console,
) -> int:
    """Note that submissions do not count for a student, or with `undo` that they count again.

    Args:
        only: name of one submission; "" for all that there are now.

    Raises:
        UnknownStudent, NothingToWithdraw: nothing is noted.
    """
    if not why.strip():
        raise NothingToWithdraw("--why is needed: somebody will ask, and `history` answers.")
    with open_ledger(output, ledger_url) as ledger:
        who = the_student(ledger, slug, student, withdrawn=True)
        done = list(_chosen(ledger, slug, who.student, only, undo))
        if not done:
            state = "was withdrawn" if undo else "is left to withdraw"
            which = f"called {only} " if only else ""
            raise NothingToWithdraw(f"Nothing {which}of {who.label} {state} in {slug}.")
        for hand_in, own in done:
            ledger.withdraw(hand_in, own, not undo, why)
    what = "counts again" if undo else "is withdrawn"
    names = ", ".join(hand_in.name for hand_in, _ in done)
    console.print(
        f"{who.label}, {slug}: {names} {what}.", markup=False, highlight=False, soft_wrap=True
    )
    return 0


def _chosen(
    ledger: Ledger, slug: str, who: str, only: str, undo: bool
) -> list[tuple[Received, str]]:
    """Hand-ins that change, each with the identity that the student has in it."""
    everything = ledger.hand_ins(slug, withdrawn=True)
    people = people_of(everything)
    counting = {(h.id, student) for h in ledger.hand_ins(slug) for student in h.students}
    return [
        (hand_in, student)
        for hand_in in everything
        for student in hand_in.students
        if people.key(student) == people.key(who)
        and only in ("", hand_in.name)
        and ((hand_in.id, student) in counting) is not undo
    ]
