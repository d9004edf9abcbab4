"""`autograder history`: what made one student's scores, points that people gave included."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.markup import escape

from autograder.classroom.ledger import Decision, Entry, Ledger, Received, open_ledger
from autograder.classroom.marks.rules import is_extra
from autograder.classroom.regrade.changes import flips, said
from autograder.classroom.standing.people import People, Someone
from autograder.classroom.standing.whom import UnknownStudent, people_of, whom
from autograder.grading.results import Outcome, Result


def history(student: str, slug: str | None, output: Path, ledger_url: str, console: Console) -> int:
    """Everything that made a student's scores, first to last."""
    with open_ledger(output, ledger_url) as ledger:
        shown = False
        for each in [slug] if slug else ledger.assignments():
            hand_ins = ledger.hand_ins(each, withdrawn=True)
            people = people_of(hand_ins)
            who = whom(student, hand_ins, people)
            if who:
                shown = True
                own = [h for h in hand_ins if _has(h, who, people)]
                _story(ledger, each, people.of(who), own, console)
        if not shown:
            raise UnknownStudent(f"Nobody called {student} has handed in anything here.")
    return 0


def _has(hand_in: Received, who: str, people: People) -> bool:
    return people.key(who) in map(people.key, hand_in.students)


def _story(
    ledger: Ledger, slug: str, student: Someone, own: list[Received], console: Console
) -> None:
    also = [name for name in (student.name, *student.known_as[1:]) if name]
    called = f"{student.student} ({', '.join(also)})" if also else student.student
    console.print(f"[bold]{slug}[/], {escape(called)}", highlight=False)
    decisions, withdrawals = ledger.decisions(slug), ledger.withdrawals(slug)
    for hand_in in own:
        when = f"{hand_in.submitted:%Y-%m-%d %H:%M %Z}" if hand_in.submitted else "time not told"
        console.print(f"\n  {hand_in.name}, {when}", markup=False, highlight=False)
        taken = decisions.get(hand_in.id, [])
        results = ledger.decided(slug, [(hand_in, decision) for decision in taken])
        _decisions(taken, results, console)
        for told in withdrawals.get(hand_in.id, []):
            if told.student in student.known_as:
                what = "withdrawn, does not count" if told.withdrawn else "counts again"
                line = f"    {told.at:%Y-%m-%d %H:%M}  {what}: {told.why} ({told.by})"
                console.print(line, markup=False, highlight=False)
    entered = [e for e in ledger.mark_entries(slug) if e.student in student.known_as]
    counting = {(mark.question, mark.id) for mark in ledger.marks(slug)}
    for entry in entered:
        _mark(entry, counts=(entry.question, entry.id) in counting, console=console)
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


def _mark(entry: Entry, *, counts: bool, console: Console) -> None:
    comment = f": {entry.comment}" if entry.comment else ""
    if entry.points is None:
        what = f"{entry.question}: the mark was taken back"
    else:
        replaced = "" if counts else ", no longer counts"
        extra = " on top" if is_extra(entry.question) else ""
        what = f"{entry.question} {entry.points:g} points{extra} from a person{replaced}"
    console.print(
        f"    {entry.at:%Y-%m-%d %H:%M}  {what} ({entry.by}){comment}",
        markup=False,
        highlight=False,
    )
    for item in entry.items:
        line = f"      {item.points:g}/{item.of:g}  {item.item}"
        console.print(line, markup=False, highlight=False)
