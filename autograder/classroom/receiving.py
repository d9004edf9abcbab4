"""What a run is given: found, told to the TA, and put into the ledger."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from autograder.classroom import intake
from autograder.classroom.intake import HandIn
from autograder.course.model import Assignment
from autograder.grading.choice import AnyBundle
from autograder.grading.foreign.bundle import ForeignBundle
from autograder.grading.results import Line
from autograder.ground.text import counted
from autograder.submissions import read as submission

if TYPE_CHECKING:
    from autograder.classroom.ledger import Ledger, Received


def asked(bundle: AnyBundle | Assignment) -> Collection[str]:
    """Names that students define; another maker's bundle tells none."""
    if isinstance(bundle, ForeignBundle):
        return ()
    assignment = bundle if isinstance(bundle, Assignment) else bundle.assignment
    return {name for question in assignment.questions.values() for name in question.names}


def take_in(
    slug: str, paths: list[Path], timezone: str, names: Collection[str], console: Console
) -> list[HandIn]:
    """Find what was handed in, and say what was recognised and what is odd.

    Args:
        names: that students define, as `asked` tells them.

    Raises:
        NoSubmissions, IntakeError: as `intake.find` does.
    """
    notes: list[str] = []
    hand_ins = intake.find(paths, slug, timezone, names, notes.append)
    if recognised := intake.summary(hand_ins):
        console.print(recognised, markup=False, highlight=False)
    for note in notes:
        console.print(f"[yellow]![/] {escape(note)}", highlight=False, soft_wrap=True)
    return hand_ins


def show_plan(slug: str, hand_ins: list[HandIn], timezone: str, console: Console) -> None:
    """What would be read as whose, without grading anything. Times are told in `timezone`."""
    zone = ZoneInfo(timezone)
    view = Table(header_style="bold", show_edge=False, pad_edge=False)
    for title in ("student", "submission", "handed in", "what is read"):
        view.add_column(title, overflow="fold")
    for hand_in in hand_ins:
        work = submission.read(hand_in.path, slug, hand_in.name)
        beside = f", {counted(len(work.files), 'file')} beside it" if work.files else ""
        moment = hand_in.submitted and hand_in.submitted.astimezone(zone)
        when = f"{moment:%Y-%m-%d %H:%M %Z}" if moment else "late" if hand_in.late else ""
        students = ", ".join(hand_in.students)
        who = f"{hand_in.names} ({students})" if hand_in.names else students
        read = work.refusal or f"{work.filename}{beside}"
        view.add_row(*map(escape, (who, hand_in.name, when, read)))
    console.print(view)
    console.print(f"{len(hand_ins)} would be graded; nothing was.", highlight=False)


def receive(
    ledger: Ledger, slug: str, hand_ins: list[HandIn], console: Console
) -> dict[Received, list[str]]:
    """Put everything into the ledger. A file that was given twice has two names.

    What was withdrawn stays so: it is said, and left out.
    """
    received: dict[Received, list[str]] = {}
    for hand_in in hand_ins:
        work = submission.read(hand_in.path, slug, hand_in.name)
        received.setdefault(ledger.receive(slug, hand_in, work), []).append(hand_in.name)
    counting = {hand_in.id for hand_in in ledger.hand_ins(slug)}
    for known in [h for h in received if h.id not in counting]:
        why = ledger.withdrawals(slug)[known.id][-1].why
        names = ", ".join(received.pop(known))
        told = f"{names} was withdrawn ({why}) and is left out; `withdraw --undo` takes it back."
        console.print(f"[yellow]![/] {escape(told)}", highlight=False, soft_wrap=True)
    return received


def others_of_the_class(ledger: Ledger, slug: str, received: Iterable[Received]) -> list[Line]:
    """What is official of whoever is not in a run, for a table of the whole class."""
    here = {hand_in.id for hand_in in received}
    return [o.result.line() for o in ledger.official(slug) if o.hand_in.id not in here]
