"""`autograder export`: one file for another system, and what to know before using it."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from autograder.classroom.exports import formats
from autograder.classroom.exports.canvas import to_canvas
from autograder.classroom.exports.roster import Roster, read_roster
from autograder.classroom.ledger import open_ledger
from autograder.classroom.marks.rules import unmarked
from autograder.classroom.standing.official import OfficialClass, read_class
from autograder.ground.errors import UserError
from autograder.ground.files import write_atomic
from autograder.ground.text import counted


class NoRoster(UserError):
    """Canvas knows people by numbers that only Canvas tells."""


def export(
    system: str,
    slug: str,
    output: Path,
    ledger: str,
    extensions: Path | None,
    roster: Path | None,
    column: str | None,
    per_question: bool,
    section: str,
    console: Console,
) -> int:
    """Write `<output>/<slug>-<system>.csv` for its owner only. Returns an exit code.

    Args:
        system: csv, canvas or gradescope.
        section: of the roster, whose students are exported; "" for everybody.
    """
    people = read_roster(roster) if roster else None
    with open_ledger(output, ledger) as opened:
        found = read_class(opened, slug, extensions)
    if section:
        if people is None:
            raise NoRoster("--section needs --roster: it tells who is in which section.")
        chosen, people = formats.in_section(found.standings, people, section)
        if not people.people:
            raise NoRoster(f"Nobody in the roster is in a section called {section}.")
        found = dataclasses.replace(found, standings=chosen)
    made = _made(system, found, people, column, per_question)
    path = output / f"{slug}-{system}.csv"
    write_atomic(path, made.text.encode("utf-8", "replace"), mode=0o600)
    waiting = unmarked(found.assignment, found.standings)
    for warning in [*made.warnings, *found.notes, *filter(None, [waiting])]:
        console.print(f"[yellow]![/] {escape(warning)}", highlight=False, soft_wrap=True)
    told = counted(len(found.standings), "student")
    if made.left_out:
        told = f"{len(found.standings) - made.left_out} of {told}"
    console.print(f"{told}: {path}", markup=False, highlight=False, soft_wrap=True)
    return 0


def _made(
    system: str,
    found: OfficialClass,
    people: Roster | None,
    column: str | None,
    per_question: bool,
) -> formats.Export:
    if system == "csv":
        return formats.to_csv(found.standings, found.assignment, people)
    if system == "gradescope":
        return formats.to_gradescope(found.standings, found.assignment, people)
    if people is None:
        raise NoRoster(
            "Canvas needs its own ids: export its gradebook (Grades, Export) and give the file "
            "with --roster."
        )
    return to_canvas(
        found.standings, found.assignment, people, column=column, per_question=per_question
    )
