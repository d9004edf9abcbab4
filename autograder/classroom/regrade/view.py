"""`autograder regrade` as a TA sees it: what would change, and for whom, before it counts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from autograder.authoring.bundle import Bundle
from autograder.classroom.ledger import Ledger, Overtaken, open_ledger
from autograder.classroom.regrade.changes import Change, changed_tests, changes
from autograder.classroom.standing.whom import people_of
from autograder.classroom.view import (
    Options,
    aside_of,
    class_run,
    progress,
    stoppable,
    tell_aside,
)
from autograder.grading.choice import open_bundle
from autograder.grading.results import Result, results_folder, write_result, write_table
from autograder.ground.errors import Failure, UserError
from autograder.ground.text import counted

_BINS = 10
_BAR = 20  # characters


class RegradeError(UserError):
    """What hinders a regrade, in one sentence."""


def regrade(
    slug: str,
    bundle_path: Path | None,
    options: Options,
    why: str,
    apply: bool,
    console: Console,
) -> int:
    """Show what the present tests would change; with `apply` make it official."""
    if apply and not why.strip():
        raise RegradeError("--apply needs --why: students will ask, and `history` answers.")
    bundle = open_bundle(bundle_path, slug)
    if not isinstance(bundle, Bundle):
        raise RegradeError(f"{bundle_path} was not made by `autograder build`.")
    with stoppable(), open_ledger(options.output, options.ledger) as ledger:
        official = ledger.official(slug)
        if not official:
            raise RegradeError(f"Nothing of {slug} has been graded into {ledger.where} yet.")
        aside: dict[str, str] = {}
        hand_ins = [o.hand_in for o in official]
        graded = []
        with progress(slug, len(hand_ins), console) as seen:
            run = class_run(ledger, bundle, "regrade", options, seen, aside)
            for one in run(hand_ins):
                graded.append(one)
                seen(one.result)
        found = changes(official, graded, ledger.marks(slug), people_of(hand_ins))
        ran = sum(g.fresh for g in graded)
        _show(found, changed_tests(ledger, official, bundle), ran, console)
        new = [change for change in found if change.is_new]
        if apply:
            _apply(ledger, new, why, options.output)
            lines = [change.graded.result.line() for change in found]
            folder = results_folder(options.output, slug)
            write_table(lines, list(bundle.assignment.questions), folder)
            console.print(
                f"Official now, for {counted(len(new), 'submission')}: {why}",
                markup=False,
                highlight=False,
            )
        elif new:
            console.print(
                f'Not official yet: `autograder regrade {slug} --apply --why "…"` makes it so.',
                highlight=False,
                soft_wrap=True,
            )
    left = {h.name: aside[h.submission] for h in aside_of(hand_ins, aside)}
    return tell_aside(left, console)


def _apply(ledger: Ledger, new: Sequence[Change], why: str, output: Path) -> None:
    overtaken = 0
    for change in new:
        graded, number = change.graded, change.official.decision.number + 1
        try:
            ledger.decide(graded.hand_in, graded.keys, graded.result, number, why)
        except Overtaken:
            overtaken += 1
        else:
            write_result(graded.result, results_folder(output, graded.result.assignment))
    if overtaken:
        raise Failure(
            f"For {overtaken} of {len(new)} submissions somebody else has decided in the meantime; "
            "look again."
        )


def _show(found: list[Change], tests: list[str], ran: int, console: Console) -> None:
    console.print(f"[bold]What is different in the tests[/] ({ran} submissions were run for it)")
    perhaps = "nothing but, perhaps, libraries or the grader itself" if ran else "nothing"
    for line in tests or [perhaps]:
        console.print(f"  {line}", markup=False, highlight=False)
    won = [c for c in found if c.gain > 0]
    lost = [c for c in found if c.gain < 0]
    console.print(
        f"\n[bold]{counted(len(found), 'submission')}:[/] {len(won)} gain{_extent(won)}, "
        f"{len(lost)} lose{_extent(lost)}, {len(found) - len(won) - len(lost)} stay.",
        highlight=False,
    )
    if won or lost:
        console.print(_table([*lost, *won]))
        console.print("\n[bold]Scores[/] before and after")
        for line in distribution(found):
            console.print(line, markup=False, highlight=False)
    for change in found:
        for mark in change.marks:
            now = change.graded.result.question_scores().get(mark.question, 0)
            console.print(
                f"[yellow]{escape(mark.student)}, {mark.question}:[/] {mark.points:g} points were "
                f"given by {escape(mark.by)} and stay; computed are now {now:g}.",
                highlight=False,
            )


def _extent(some: list[Change]) -> str:
    if not some:
        return ""
    least, *_, most = sorted(abs(c.gain) for c in [*some, *some])
    return f" ({least:g} points)" if least == most else f" ({least:g} to {most:g} points)"


def _table(some: list[Change]) -> Table:
    view = Table(header_style="bold", show_edge=False, pad_edge=False)
    view.add_column("student", no_wrap=True, max_width=28)
    for title in ("before", "after", "change"):
        view.add_column(title, justify="right", no_wrap=True)
    view.add_column("because of")
    for change in some:
        style = "green" if change.gain > 0 else "red"
        view.add_row(
            escape(change.official.hand_in.who),
            f"{change.official.result.score:g}",
            f"{change.graded.result.score:g}",
            f"[{style}]{change.gain:+g}[/]",
            escape("\n".join(map(str, change.flips))),
        )
    return view


def distribution(found: Sequence[Change]) -> list[str]:
    """Two histograms side by side, as lines of text: tenths of the points there are."""
    before = _counts([c.official.result for c in found])
    after = _counts([c.graded.result for c in found])
    most = max(*before, *after, 1)
    lines = []
    for i, (old, new) in enumerate(zip(before, after, strict=True)):
        bars = [f"{'█' * -(-n * _BAR // most):<{_BAR}} {n:>4}" for n in (old, new)]
        tenth = f"{i * 100 // _BINS:>3}–{(i + 1) * 100 // _BINS:>3} %"
        lines.append(f"  {tenth}  {bars[0]}   {bars[1]}")
    return lines


def _counts(results: list[Result]) -> list[int]:
    counts = [0] * _BINS
    for r in results:
        counts[min(int(_BINS * r.score / r.max_score) if r.max_score else 0, _BINS - 1)] += 1
    return counts
