"""`autograder report`: one page about a class, from what is official in the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.markup import escape

from autograder.classroom.exports.formats import possible
from autograder.classroom.html import page
from autograder.classroom.ledger import Ledger, Mark, open_ledger
from autograder.classroom.marks.rules import unmarked
from autograder.classroom.regrade.changes import flips
from autograder.classroom.report import analysis, charts
from autograder.classroom.report.analysis import Change
from autograder.classroom.similarity.compare import Similarity
from autograder.classroom.similarity.view import read_similarity
from autograder.classroom.standing.official import OfficialClass, read_class
from autograder.grading.results import Outcome
from autograder.ground.files import write_atomic
from autograder.ground.text import counted

MOST_DECIDING = 5


def write_report(
    slug: str, output: Path, ledger: str, extensions: Path | None, console: Console
) -> int:
    """Write `<output>/<slug>-report.html` for its owner only. Returns an exit code."""
    with open_ledger(output, ledger) as opened:
        found = read_class(opened, slug, extensions)
        marks, changed = opened.marks(slug), changes(opened, slug)
    text = render(found, marks, changed, read_similarity(output, slug), datetime.now(UTC))
    path = output / f"{slug}-report.html"
    write_atomic(path, text.encode("utf-8", "replace"), mode=0o600)
    for note in found.notes:
        console.print(f"[yellow]![/] {escape(note)}", highlight=False, soft_wrap=True)
    told = f"{counted(len(found.standings), 'student')}: {path}"
    console.print(told, markup=False, highlight=False, soft_wrap=True)
    return 0


def changes(ledger: Ledger, slug: str) -> list[Change]:
    """The last change of each hand-in's official result, newest first."""
    decisions = ledger.decisions(slug)
    pairs = [(h, decisions.get(h.id, [])[-2:]) for h in ledger.hand_ins(slug)]
    taken = [(h, decision) for h, last in pairs if len(last) == 2 for decision in last]
    results = ledger.decided(slug, taken)
    found = []
    for i in range(0, len(taken), 2):
        told = tuple(map(str, flips(results[i], results[i + 1])))
        if told:
            then, now = taken[i][1], taken[i + 1][1]
            who = analysis.label(results[i + 1])
            found.append(Change(who, then.score, now.score, told, now.at, now.by, now.why))
    return sorted(found, key=lambda c: c.at, reverse=True)


def render(
    found: OfficialClass,
    marks: Sequence[Mark],
    changed: Sequence[Change],
    similar: Similarity | None,
    made: datetime,
) -> str:
    """The page.

    Args:
        similar: None if submissions were not compared.
    """
    results = analysis.counting(found.standings)
    full = possible(found.assignment, found.standings)
    questions = analysis.question_lines(results, found.assignment)
    cases = analysis.case_lines(results)
    told = [c for c in cases if (c.discrimination or 0) >= analysis.DECIDES]
    zone = ZoneInfo(found.course.timezone)
    columns = dict.fromkeys([*found.assignment.questions, *_extra(found)])
    return page(
        "report.html.jinja",
        zone=zone,
        course=found.course,
        assignment=found.assignment,
        due=f"{found.assignment.due.astimezone(zone):%Y-%m-%d %H:%M}",
        made=f"{made.astimezone(zone):%Y-%m-%d %H:%M}",
        results=results,
        standings=found.standings,
        columns=list(columns),
        overview=analysis.overview(found.standings, full),
        distribution=charts.distribution([s.score for s in found.standings], full),
        shares=charts.shares({f"{q.key} {q.title}": q.share for q in questions}),
        questions=questions,
        cases=cases,
        deciding=sorted(told, key=lambda c: -(c.discrimination or 0))[:MOST_DECIDING],
        decides=analysis.DECIDES,
        enough=analysis.ENOUGH,
        problems=analysis.problems(results),
        rules=analysis.incidents(results, Outcome.RULE),
        stopped=analysis.incidents(results, Outcome.STOPPED),
        slowest=[(analysis.label(r), r) for r in analysis.slowest(results)],
        similar=similar,
        changes=changed,
        marks=marks,
        names=defaultdict(str, {k: s.name for s in found.standings for k in s.known_as}),
        unmarked=unmarked(found.assignment, found.standings),
    )


def _extra(found: OfficialClass) -> list[str]:
    """What people gave points for besides the questions of the tests."""
    return [key for s in found.standings for key in s.points]
