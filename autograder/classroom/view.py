"""`autograder grade` as a TA sees it: a progress bar, a table, the files that were written."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from autograder.authoring.bundle import Bundle
from autograder.classroom import intake
from autograder.classroom import pool as classroom
from autograder.classroom.intake import HandIn
from autograder.classroom.ledger import Keys, Ledger, Overtaken, Received, make_ledger
from autograder.classroom.pool import Task
from autograder.classroom.run import ClassRun, Graded
from autograder.course.model import COURSE_FILE, find_course, load_course
from autograder.grading.choice import AnyBundle, notes, open_bundle
from autograder.grading.foreign.bundle import ForeignBundle
from autograder.grading.results import Line, Result, write_result, write_table
from autograder.ground.errors import Failure
from autograder.ground.files import private_folder
from autograder.submissions import read as submission

MAX_ROWS = 200


@dataclass(frozen=True)
class Options:
    """How a class is graded.

    Attributes:
        output: folder for the results.
        ledger: a database URL; "" for a file in `output`.
        workers: graders at one time; 0 is one per core.
        scheduler: address of a Dask scheduler; "" for this machine.
    """

    output: Path
    ledger: str = ""
    workers: int = 0
    scheduler: str = ""
    unsafe: bool = False

    def stream(self, bundle: AnyBundle) -> Callable[..., Iterator[tuple[Any, Result]]]:
        """What grades tasks with this bundle as they come, here or on a cluster."""
        if self.scheduler:
            from autograder.classroom import cluster

            stream = partial(cluster.stream, scheduler=self.scheduler)
        else:
            stream = partial(classroom.stream, workers=self.workers)
        return partial(stream, bundle=bundle, unsafe=self.unsafe)


def grade(
    slug: str, paths: list[Path], bundle_path: Path | None, options: Options, console: Console
) -> int:
    """Grade everything under `paths` and show a table. Returns an exit code."""
    bundle = open_bundle(bundle_path, slug, unsafe=options.unsafe)
    hand_ins = intake.find(paths, slug, _timezone(bundle_path))
    if recognised := intake.summary(hand_ins):
        console.print(recognised, markup=False, highlight=False)
    if not isinstance(bundle, Bundle):
        return _grade_foreign(bundle, hand_ins, options, console)
    with stoppable(), make_ledger(options.output, options.ledger) as ledger:
        known = ledger.decisions(slug)
        run = class_run(ledger, bundle, "grade", options)
        received = _receive(ledger, slug, hand_ins)
        lines: dict[str, Line] = {}
        fresh, others = 0, 0
        with progress(slug, len(received), console) as seen:
            for graded in run(list(received)):
                for name in received[graded.hand_in]:
                    result = graded.result.model_copy(update={"submission": name})
                    write_result(result, options.output)
                    lines[name] = result.line()
                fresh += graded.fresh
                taken = known.get(graded.hand_in.id)
                if not taken:
                    make_official(ledger, graded)
                elif taken[-1].keys != graded.keys:
                    others += 1
                seen(graded.result)
    ordered = [lines[h.name] for h in hand_ins]
    questions = list(bundle.assignment.questions)
    path = write_table(ordered, questions, options.output)
    show(ordered, questions, console)
    before = f", {len(received) - fresh} of them known from before" if fresh < len(received) else ""
    _done(f"{len(ordered)} graded{before}", path, options, console)
    if others:
        console.print(
            f"{others} have an official score from other tests, and keep it: "
            f"`autograder regrade {slug}` shows what these would change.",
            highlight=False,
            soft_wrap=True,
        )
    return 0


def _receive(ledger: Ledger, slug: str, hand_ins: list[HandIn]) -> dict[Received, list[str]]:
    """Put everything into the ledger; one file that was given twice has two names."""
    received: dict[Received, list[str]] = {}
    for hand_in in hand_ins:
        work = submission.read(hand_in.path, slug, hand_in.name)
        received.setdefault(ledger.receive(slug, hand_in, work), []).append(hand_in.name)
    return received


def class_run(ledger: Ledger, bundle: Bundle, verb: str, options: Options) -> ClassRun:
    """A run that is noted in the ledger."""
    keys = Keys(bundle, unsafe=options.unsafe)
    return ClassRun(ledger, ledger.begin(verb, bundle), bundle, keys, options.stream(bundle))


def make_official(ledger: Ledger, graded: Graded) -> None:
    """Let a first result count, unless somebody else just did."""
    with contextlib.suppress(Overtaken):
        ledger.decide(graded.hand_in, graded.keys, graded.result, 1)


@contextlib.contextmanager
def progress(slug: str, total: int, console: Console) -> Iterator[Callable[[Result], None]]:
    """A bar for a run over a class: how many, how long still, how many need a person.

    Yields:
        What is to be told of each result.
    """
    concerns = 0
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[concerns]}"),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(f"Grading {slug}", total=total, concerns="")

        def seen(result: Result) -> None:
            nonlocal concerns
            concerns += bool(result.concern)
            text = f"{concerns} for a person to look at" if concerns else ""
            bar.update(task, advance=1, concerns=text)

        yield seen


@contextlib.contextmanager
def stoppable(then: str = "the same command goes on from there") -> Iterator[None]:
    """Around a run over a class.

    Raises:
        Failure: on Ctrl-C.
    """
    try:
        yield
    except KeyboardInterrupt:
        raise Failure(f"Stopped. What is graded is kept, and {then}.") from None


def _timezone(bundle: Path | None) -> str:
    """The course's; a bundle by itself tells none."""
    return "UTC" if bundle else load_course(find_course() / COURSE_FILE).timezone


def _grade_foreign(
    bundle: ForeignBundle, hand_ins: list[HandIn], options: Options, console: Console
) -> int:
    """With another maker's bundle, whose results are no verdicts of ours: the ledger has none."""
    slug = bundle.assignment.slug
    tasks = ((h.name, Task(submission.read(h.path, slug, h.name))) for h in hand_ins)
    found: dict[str, Line] = {}
    private_folder(options.output)
    with (
        stoppable("the same command begins anew"),
        progress(slug, len(hand_ins), console) as seen,
    ):
        for name, result in options.stream(bundle)(tasks):
            found[name] = result.line()
            write_result(result, options.output)
            seen(result)
    lines = [found[h.name] for h in hand_ins]
    path = write_table(lines, bundle.assignment.questions, options.output)
    show(lines, bundle.assignment.questions, console)
    for note in notes(bundle):
        console.print(f"[yellow]Note:[/] {note}", highlight=False)
    _done(f"{len(lines)} graded", path, options, console)
    return 0


def _done(what: str, path: Path, options: Options, console: Console) -> None:
    if options.unsafe:
        console.print("[bold red]Graded with --unsafe:[/] the jail did not hold on this machine.")
    where = f"Results: {options.output}/  Table: {path}"
    console.print(f"{what}. {where}", highlight=False, soft_wrap=True)


def show(lines: list[Line], questions: list[str], console: Console) -> None:
    """The table, and every submission that needs a person."""
    if not console.is_terminal:
        console = Console(width=max(console.width, 140))  # a file has no edge to wrap at
    console.print(table(lines, questions, console.width))
    concerns = [line for line in lines if line.concern]
    if concerns:
        console.print(f"\n[bold]For a person to look at[/] ({len(concerns)}):")
        for line in concerns:
            said = f"  {line.submission}: {line.concern}"
            console.print(said, markup=False, highlight=False, soft_wrap=True)
        console.print()


def table(lines: list[Line], questions: list[str], width: int) -> Table:
    """One row per submission: score, points by question, seconds, remark."""
    left = width - 28 - 5 - 7 * len(questions) - 7 - 3 * 3  # for the remark, however long it is
    view = Table(header_style="bold", show_edge=False, pad_edge=False)
    view.add_column("student", no_wrap=True, min_width=12, max_width=28)
    view.add_column("score", justify="right", no_wrap=True, min_width=5)
    for question in questions:
        view.add_column(question, justify="right", no_wrap=True, min_width=4)
    view.add_column("seconds", justify="right", no_wrap=True, min_width=7)
    view.add_column("remark", no_wrap=True, overflow="ellipsis", max_width=max(16, left))
    for line in lines[:MAX_ROWS]:
        view.add_row(
            line.student,
            _shown(line.score, line.max_score),
            *(_shown(*line.questions.get(q, (0.0, 0.0))) for q in questions),
            f"{line.seconds:.1f}",
            escape(line.remark),
        )
    return view


def _shown(score: float, full: float) -> str:
    style = "green" if score == full else "red" if score == 0 else "yellow"
    return f"[{style}]{score:g}[/]"
