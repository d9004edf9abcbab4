"""`autograder history` and `mark`: one student's scores, and the points that people give."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.markup import escape

from autograder.classroom.ledger import Decision, Ledger, Mark, open_ledger
from autograder.classroom.regrade.changes import flips, said
from autograder.grading.results import Outcome, Result
from autograder.ground.errors import UserError


class UnknownStudent(UserError):
    """There is nothing about this student, in one sentence."""


def history(student: str, slug: str | None, output: Path, ledger_url: str, console: Console) -> int:
    """Everything that made a student's scores, first to last."""
    with open_ledger(output, ledger_url) as ledger:
        shown = False
        for each in [slug] if slug else ledger.assignments():
            known = {s for h in ledger.hand_ins(each) for s in h.students}
            who = _who(student, known)
            if who:
                shown = True
                _story(ledger, each, who, console)
        if not shown:
            raise UnknownStudent(f"Nobody called {student} has handed in anything here.")
    return 0


def _who(asked: str, known: set[str]) -> str:
    """The student meant: the exact name, or the only one that contains what was asked for."""
    if asked in known:
        return asked
    close = sorted(s for s in known if asked.casefold() in s.casefold())
    if len(close) > 1:
        raise UnknownStudent(f"{asked} may be {', '.join(close[:5])}; say which.")
    return close[0] if close else ""


def _story(ledger: Ledger, slug: str, student: str, console: Console) -> None:
    console.print(f"[bold]{slug}[/], {escape(student)}", highlight=False)
    decisions = ledger.decisions(slug)
    for hand_in in ledger.hand_ins(slug):
        if student not in hand_in.students:
            continue
        when = f"{hand_in.submitted:%Y-%m-%d %H:%M %Z}" if hand_in.submitted else "time not told"
        console.print(f"\n  {hand_in.name}, {when}", markup=False, highlight=False)
        taken = decisions.get(hand_in.id, [])
        results = ledger.decided(slug, [(hand_in, decision) for decision in taken])
        _decisions(taken, results, console)
    for mark in ledger.marks(slug):
        if mark.student == student:
            _mark(mark, console)
    console.print()


def _decisions(taken: list[Decision], results: list[Result], console: Console) -> None:
    before: Result | None = None
    for decision, result in zip(taken, results, strict=True):
        console.print(
            f"    {decision.at:%Y-%m-%d %H:%M}  {decision.score:g}/{decision.max_score:g}  "
            f"{decision.why or 'graded'} ({decision.by})",
            markup=False,
            highlight=False,
        )
        lines = map(str, flips(before, result)) if before else _lost(result)
        for line in lines:
            console.print(f"      {line}", markup=False, highlight=False)
        before = result


def _lost(result: Result) -> list[str]:
    return [
        f"{part.name}, {case.name}: {said(case)}"
        for part in result.parts
        for case in part.cases
        if case.outcome is not Outcome.PASSED
    ]


def _mark(mark: Mark, console: Console) -> None:
    comment = f": {mark.comment}" if mark.comment else ""
    console.print(
        f"    {mark.at:%Y-%m-%d %H:%M}  {mark.question} {mark.points:g} points from a person "
        f"({mark.by}){comment}",
        markup=False,
        highlight=False,
    )


def mark(
    slug: str,
    student: str,
    question: str,
    points: float | None,
    comment: str,
    output: Path,
    ledger_url: str,
    console: Console,
) -> int:
    """Note points that a person gave."""
    with open_ledger(output, ledger_url) as ledger:
        known = {s for h in ledger.hand_ins(slug) for s in h.students}
        who = _who(student, known)
        if not who:
            raise UnknownStudent(f"Nobody called {student} has handed in {slug}.")
        ledger.mark(slug, who, question, points, comment)
    what = "taken back" if points is None else f"{points:g} points"
    console.print(f"{escape(who)}, {slug} {question}: {what}.", highlight=False)
    return 0
