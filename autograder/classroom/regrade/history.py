"""`autograder history`: what made one student's scores, points that people gave included."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.markup import escape

from autograder.classroom.ledger import Decision, Entry, Ledger, Received, open_ledger
from autograder.classroom.marks.rules import is_extra
from autograder.classroom.regrade.changes import flips, said
from autograder.classroom.standing.official import read_class
from autograder.classroom.standing.people import People, Someone
from autograder.classroom.standing.whom import UnknownStudent, people_of, whom
from autograder.course.model import COURSE_FILE, CourseError, find_course, load_course
from autograder.grading.results import Outcome, Result
from autograder.ground.errors import UserError

Say = Callable[[str], object]


def history(
    student: str,
    slug: str | None,
    output: Path,
    ledger_url: str,
    extensions: Path | None,
    console: Console,
) -> int:
    """Everything that made a student's scores, first to last, and what they are now.

    Args:
        extensions: as in `read_class`.
    """
    say = partial(console.print, markup=False, highlight=False, soft_wrap=True)
    zone = _zone()
    with open_ledger(output, ledger_url) as ledger:
        shown = False
        for each in [slug] if slug else ledger.assignments():
            hand_ins = ledger.hand_ins(each, withdrawn=True)
            people = people_of(hand_ins)
            who = whom(student, hand_ins, people)
            if who:
                shown = True
                own = [h for h in hand_ins if _has(h, who, people)]
                called = f"{escape(_called(people.of(who)))}, times in {zone}"
                console.print(f"[bold]{each}[/], {called}", highlight=False, soft_wrap=True)
                _story(ledger, each, people.of(who), own, zone, say)
                say(f"\n  {_worth(ledger, each, people.key(who), people, extensions)}\n")
        if not shown:
            raise UnknownStudent(f"Nobody called {student} has handed in anything here.")
    return 0


def _zone() -> tzinfo:
    """The course's time zone; elsewhere a ledger tells times in UTC."""
    try:
        return ZoneInfo(load_course(find_course() / COURSE_FILE).timezone)
    except CourseError:
        return UTC


def _worth(ledger: Ledger, slug: str, key: str, people: People, extensions: Path | None) -> str:
    """What the student's score is now, and why."""
    try:
        found = read_class(ledger, slug, extensions).standings
    except UserError as error:
        return f"What it is worth cannot be told: {error}"
    for standing in found:
        if people.key(standing.student) == key:
            of = f"of {standing.counts.hand_in.name}"
            return f"Score: {standing.score:g}, {of}. {standing.remark}".rstrip()
    return "Score: none; nothing counts."


def _has(hand_in: Received, who: str, people: People) -> bool:
    return people.key(who) in map(people.key, hand_in.students)


def _called(student: Someone) -> str:
    also = [name for name in (student.name, *student.known_as[1:]) if name]
    return f"{student.student} ({', '.join(also)})" if also else student.student


def _story(
    ledger: Ledger, slug: str, student: Someone, own: list[Received], zone: tzinfo, say: Say
) -> None:
    decisions, withdrawals = ledger.decisions(slug), ledger.withdrawals(slug)
    for hand_in in own:
        moment = hand_in.submitted
        when = f"handed in {_at(moment, zone)}" if moment else "time not told"
        say(f"\n  {hand_in.name}, {when}")
        taken = decisions.get(hand_in.id, [])
        results = ledger.decided(slug, [(hand_in, decision) for decision in taken])
        _decisions(taken, results, zone, say)
        for told in withdrawals.get(hand_in.id, []):
            if told.student in student.known_as:
                what = "withdrawn, does not count" if told.withdrawn else "counts again"
                say(f"    {_at(told.at, zone)}  {what}: {told.why} ({told.by})")
    entered = [e for e in ledger.mark_entries(slug) if e.student in student.known_as]
    counting = {(mark.question, mark.id) for mark in ledger.marks(slug)}
    for entry in entered:
        _mark(entry, counts=(entry.question, entry.id) in counting, zone=zone, say=say)


def _at(moment: datetime, zone: tzinfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"


def _decisions(taken: list[Decision], results: list[Result], zone: tzinfo, say: Say) -> None:
    before: Result | None = None
    for decision, result in zip(taken, results, strict=True):
        say(
            f"    {_at(decision.at, zone)}  {decision.score:g}/{decision.max_score:g}  "
            f"{decision.why or 'graded'} ({decision.by})"
        )
        lines = map(str, flips(before, result)) if before else _lost(result)
        for line in lines:
            say(f"      {line}")
        before = result


def _lost(result: Result) -> list[str]:
    return [
        f"{part.name}, {case.name}: {said(case)}"
        for part in result.parts
        for case in part.cases
        if case.outcome is not Outcome.PASSED
    ]


def _mark(entry: Entry, *, counts: bool, zone: tzinfo, say: Say) -> None:
    comment = f": {entry.comment}" if entry.comment else ""
    if entry.points is None:
        what = f"{entry.question}: the mark was taken back"
    else:
        replaced = "" if counts else ", no longer counts"
        extra = " on top" if is_extra(entry.question) else ""
        what = f"{entry.question} {entry.points:g} points{extra} from a person{replaced}"
    say(f"    {_at(entry.at, zone)}  {what} ({entry.by}){comment}")
    for item in entry.items:
        say(f"      {item.points:g}/{item.of:g}  {item.item}")
