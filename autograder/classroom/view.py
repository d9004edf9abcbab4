"""`autograder grade` as a TA sees it: a progress bar, a table, the files that were written."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from autograder.authoring.bundle import Bundle
from autograder.classroom import pool as classroom
from autograder.classroom.intake import HandIn
from autograder.classroom.pool import Task
from autograder.classroom.receiving import (
    asked,
    others_of_the_class,
    receive,
    show_plan,
    take_in,
)
from autograder.course.model import COURSE_FILE, find_course, load_course
from autograder.grading.choice import AnyBundle, beforehand, notes, open_bundle
from autograder.grading.foreign.bundle import ForeignBundle
from autograder.grading.results import (
    Line,
    Result,
    results_folder,
    write_result,
    write_table,
)
from autograder.ground.errors import Interrupted
from autograder.ground.files import private_folder
from autograder.ground.terminal import SafeConsole
from autograder.submissions import read as submission

if TYPE_CHECKING:  # a bundle of stock Otter needs no ledger, whose import takes as long as a start
    from autograder.classroom.ledger import Ledger, Received
    from autograder.classroom.run import ClassRun, Graded

MAX_ROWS = 200
SHOWN_TROUBLES = 8

# Widths of the table's columns: what each must have, and a name that is shown whole.
_STUDENT, _SCORE, _POINTS, _SECONDS, _REMARK, _LONG_NAME = 12, 5, 4, 7, 12, 28


@dataclass(frozen=True)
class Options:
    """How a class is graded.

    Attributes:
        output: folder for the results.
        ledger: a database URL; "" for a file in `output`.
        workers: graders at one time; 0 is one per core.
        scheduler: address of a Dask scheduler; "" for this machine.
        dry_run: only say what would be read as whose.
    """

    output: Path
    ledger: str = ""
    workers: int = 0
    scheduler: str = ""
    unsafe: bool = False
    dry_run: bool = False

    def stream(
        self, bundle: AnyBundle, bar: Bar, aside: dict[str, str]
    ) -> Callable[..., Iterator[tuple[Any, Result]]]:
        """What grades tasks with this bundle as they come, here or on a cluster.

        Args:
            bar: shows what happens before the first result.
            aside: key → why, of submissions that end every grader.
        """
        if self.scheduler:
            from autograder.classroom import cluster

            stream = partial(cluster.stream, scheduler=self.scheduler)
        else:
            stream = partial(classroom.stream, workers=self.workers)
        return partial(
            stream,
            bundle=bundle,
            unsafe=self.unsafe,
            aside=aside.__setitem__,
            stage=bar.stage,
        )


def grade(
    slug: str, paths: list[Path], bundle_path: Path | None, options: Options, console: Console
) -> int:
    """Grade everything under `paths` and show a table. Returns an exit code."""
    bundle = open_bundle(bundle_path, slug, unsafe=options.unsafe)
    timezone = _timezone(bundle_path)
    hand_ins = take_in(slug, paths, timezone, asked(bundle), console)
    if options.dry_run:
        show_plan(slug, hand_ins, timezone, console)
        return 0
    if not isinstance(bundle, Bundle):
        return _grade_foreign(bundle, hand_ins, options, console)
    from autograder.classroom.ledger import make_ledger

    with stoppable(), make_ledger(options.output, options.ledger) as ledger:
        known = ledger.decisions(slug)
        folder = results_folder(options.output, slug)
        received = receive(ledger, slug, hand_ins, console)
        lines: dict[str, Line] = {}
        fresh, others = 0, 0
        troubles: Counter[str] = Counter()
        aside: dict[str, str] = {}
        with progress(slug, len(received), console) as seen:
            run = class_run(ledger, bundle, "grade", options, seen, aside)
            for graded in run(list(received)):
                for name in received[graded.hand_in]:
                    result = graded.result.model_copy(update={"submission": name})
                    write_result(result, folder)
                    lines[name] = result.line()
                troubles.update(graded.result.troubles())
                fresh += graded.fresh
                taken = known.get(graded.hand_in.id)
                if not taken:
                    make_official(ledger, graded)
                elif taken[-1].keys != graded.keys:
                    others += 1
                seen(graded.result)
        rest = others_of_the_class(ledger, slug, received)
    ordered = [lines[h.name] for h in hand_ins if h.name in lines]
    questions = list(bundle.assignment.questions)
    path = write_table([*rest, *ordered], questions, folder)
    show(ordered, questions, console)
    before = f", {len(received) - fresh} of them known from before" if fresh < len(received) else ""
    _tell_notes(bundle, console)
    _done(f"{len(ordered)} graded{before}", path, options, console)
    if others:
        console.print(
            f"{others} have an official score from other tests, and keep it: "
            f"`autograder regrade {slug}` shows what these would change.",
            highlight=False,
            soft_wrap=True,
        )
    tell_troubles(troubles, console)
    left = {name: aside[r.submission] for r in aside_of(received, aside) for name in received[r]}
    return tell_aside(left, console)


def tell_troubles(troubles: Counter[str], console: Console) -> None:
    """Name the test cases that failed themselves, rather than find something: the most frequent
    first. Something odd came back, or the test has a mistake."""
    if not troubles:
        return
    console.print(
        "\n[yellow]Tests that stopped over what came back[/], or over a mistake of their own (in "
        "the JSON files: `trouble`):",
        highlight=False,
        soft_wrap=True,
    )
    for trouble, count in troubles.most_common(SHOWN_TROUBLES):
        first, *_ = trouble.splitlines()
        console.print(f"  {count} × {first}", markup=False, highlight=False, soft_wrap=True)
    if len(troubles) > SHOWN_TROUBLES:
        console.print(f"  and {len(troubles) - SHOWN_TROUBLES} more", highlight=False)


def aside_of(hand_ins: Iterable[Received], aside: dict[str, str]) -> list[Received]:
    """Those whose content ended every grader."""
    return [hand_in for hand_in in hand_ins if hand_in.submission in aside]


def tell_aside(left: dict[str, str], console: Console) -> int:
    """Name the submissions that could not be graded, each with the reason. Returns an exit code."""
    if not left:
        return 0
    console.print(
        f"\n[bold red]Not graded[/] ({len(left)}): each of these ended one grader after the other. "
        "Nothing of them is stored; the same command tries them again.",
        highlight=False,
        soft_wrap=True,
    )
    for name, why in left.items():
        console.print(f"  {name}: {why}", markup=False, highlight=False, soft_wrap=True)
    return 1


def class_run(
    ledger: Ledger, bundle: Bundle, verb: str, options: Options, bar: Bar, aside: dict[str, str]
) -> ClassRun:
    """A run that is noted in the ledger.

    Args:
        bar, aside: as in `Options.stream`; the keys are digests of submissions.
    """
    from autograder.classroom.ledger import Keys
    from autograder.classroom.run import ClassRun

    keys = Keys(bundle, unsafe=options.unsafe)
    grade = options.stream(bundle, bar, aside)
    return ClassRun(ledger, ledger.begin(verb, bundle), bundle, keys, grade)


def make_official(ledger: Ledger, graded: Graded) -> None:
    """Let a first result count, unless somebody else just did."""
    from autograder.classroom.ledger import Overtaken

    with contextlib.suppress(Overtaken):
        ledger.decide(graded.hand_in, graded.keys, graded.result, 1)


class Bar:
    """A bar for a run over a class. It is called with each result."""

    def __init__(self, bar: Progress, slug: str, total: int) -> None:
        self._bar, self._slug, self._concerns = bar, slug, 0
        self._task = bar.add_task(f"Grading {slug}", total=total, concerns="")

    def stage(self, what: str) -> None:
        """Show what is done before the first result comes; "" once graders are at work."""
        said = f"{self._slug}: {what}" if what else f"Grading {self._slug}"
        self._bar.update(self._task, description=said)

    def __call__(self, result: Result) -> None:
        self._concerns += bool(result.concern)
        text = f"{self._concerns} for a person to look at" if self._concerns else ""
        self._bar.update(self._task, advance=1, concerns=text)


@contextlib.contextmanager
def progress(slug: str, total: int, console: Console) -> Iterator[Bar]:
    """A bar for a run over a class: how many, how long still, how many need a person."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[concerns]}"),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        yield Bar(bar, slug, total)


@contextlib.contextmanager
def stoppable(then: str = "the same command goes on from there") -> Iterator[None]:
    """Around a run over a class.

    Raises:
        Interrupted: on Ctrl-C.
    """
    try:
        yield
    except KeyboardInterrupt:
        raise Interrupted(f"Stopped. What is graded is kept, and {then}.") from None


def _timezone(bundle: Path | None) -> str:
    """The course's; a bundle by itself tells none."""
    return "UTC" if bundle else load_course(find_course() / COURSE_FILE).timezone


def _grade_foreign(
    bundle: ForeignBundle, hand_ins: list[HandIn], options: Options, console: Console
) -> int:
    """With another maker's bundle, whose results are no verdicts of ours: the ledger has none."""
    slug = bundle.assignment.slug
    tasks = ((h.name, Task(submission.read(h.path, slug, h.name))) for h in hand_ins)
    by_name = {h.name: h for h in hand_ins}
    found: dict[str, Line] = {}
    aside: dict[str, str] = {}
    folder = results_folder(private_folder(options.output), slug)
    for note in beforehand(bundle):
        console.print(f"[yellow]![/] {note}", highlight=False)
    with (
        stoppable("the same command begins anew"),
        progress(slug, len(hand_ins), console) as seen,
    ):
        for name, result in options.stream(bundle, seen, aside)(tasks):
            hand_in = by_name[name]
            told = {"student": ", ".join(hand_in.students), "names": hand_in.names}
            result = result.model_copy(update=told)
            found[name] = result.line()
            write_result(result, folder)
            seen(result)
    lines = [found[h.name] for h in hand_ins if h.name in found]
    path = write_table(lines, bundle.assignment.questions, folder, keep=True)
    show(lines, bundle.assignment.questions, console)
    _tell_notes(bundle, console)
    _done(f"{len(lines)} graded", path, options, console)
    return tell_aside(aside, console)


def _tell_notes(bundle: AnyBundle, console: Console) -> None:
    for note in notes(bundle):
        console.print(f"[yellow]Note:[/] {escape(note)}", highlight=False)


def _done(what: str, path: Path, options: Options, console: Console) -> None:
    if options.unsafe:
        console.print("[bold red]Graded with --unsafe:[/] the jail did not hold on this machine.")
    where = f"Results: {path.parent}/  Table: {path}"
    console.print(f"{what}. {where}", markup=False, highlight=False, soft_wrap=True)


def show(lines: list[Line], questions: list[str], console: Console) -> None:
    """The table, and every submission that needs a person."""
    if not console.is_terminal:
        wide = max(console.width, 140)  # a file has no edge to wrap at
        console = SafeConsole(file=console.file, quiet=console.quiet, width=wide)
    console.print(table(lines, questions, console.width))
    concerns = [line for line in lines if line.concern]
    if concerns:
        console.print(f"\n[bold]For a person to look at[/] ({len(concerns)}):")
        for line in concerns:
            said = f"  {line.label}: {line.concern}"
            console.print(said, markup=False, highlight=False, soft_wrap=True)
        console.print()


def table(lines: list[Line], questions: list[str], width: int) -> Table:
    """One row per submission: score, points by question, seconds, remark.

    Where the questions leave no room for student and remark, one column names those that lost
    points, the others being full.
    """
    apart = 3  # between two columns
    others = _STUDENT + apart + _SCORE + apart + _SECONDS + apart
    by_question = sum(max(_POINTS, len(question)) + apart for question in questions)
    fits = others + by_question + _REMARK <= width
    if not fits:
        by_question = max(_REMARK, (width - others - apart) // 2) + apart
    left = width - others - by_question  # for a longer name and the remark
    name = min(_LONG_NAME - _STUDENT, max(0, left - _REMARK) // 2)
    view = Table(header_style="bold", show_edge=False, pad_edge=False)
    view.add_column(
        "student",
        no_wrap=True,
        min_width=_STUDENT,
        max_width=_STUDENT + name,
        overflow="ellipsis",
    )
    view.add_column("score", justify="right", no_wrap=True, min_width=_SCORE)
    if fits:
        for question in questions:
            view.add_column(question, justify="right", no_wrap=True, min_width=_POINTS)
    else:
        view.add_column(
            "lost points in", no_wrap=True, overflow="ellipsis", max_width=by_question - apart
        )
    view.add_column("seconds", justify="right", no_wrap=True, min_width=_SECONDS)
    view.add_column("remark", no_wrap=True, overflow="ellipsis", max_width=left - name)
    for line in lines[:MAX_ROWS]:
        points = {q: line.questions.get(q, (0.0, 0.0)) for q in questions}
        lost = " ".join(q for q, (score, full) in points.items() if score < full)
        view.add_row(
            escape(line.who),
            _shown(line.score, line.max_score),
            *([_shown(*point) for point in points.values()] if fits else [escape(lost)]),
            f"{line.seconds:.1f}",
            escape(line.remark),
        )
    return view


def _shown(score: float, full: float) -> str:
    style = "green" if score == full else "red" if score == 0 else "yellow"
    return f"[{style}]{score:g}[/]"
