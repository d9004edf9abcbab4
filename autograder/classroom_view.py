"""`autograder grade` as a TA sees it: a progress bar, a table, the files that were written."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from autograder import submission
from autograder.classroom import Task, grade_all
from autograder.graders import notes, open_bundle
from autograder.results import Result, write_result, write_table

MAX_ROWS = 200


def grade(
    slug: str,
    paths: list[Path],
    output: Path,
    bundle_path: Path | None,
    workers: int,
    unsafe: bool,
    console: Console,
) -> int:
    """Grade everything under `paths` and show a table. Returns an exit code."""
    bundle = open_bundle(bundle_path, slug, unsafe=unsafe)
    tasks = [Task(name, path) for name, path in submission.find(paths, slug)]
    output.mkdir(parents=True, exist_ok=True)
    output.chmod(0o700)  # results are for their owner only
    with _progress(console) as bar:
        task = bar.add_task(f"Grading {slug}", total=len(tasks))

        def done(result: Result) -> None:
            write_result(result, output)
            bar.advance(task)

        results = grade_all(tasks, bundle, workers=workers, unsafe=unsafe, progress=done)
    if not console.is_terminal:
        console = Console(width=max(console.width, 140))  # a file has no edge to wrap at
    questions = list(bundle.assignment.questions)
    path = write_table(results, questions, output)
    console.print(table(results, questions))
    for note in notes(bundle):
        console.print(f"[yellow]Note:[/] {note}", highlight=False)
    if unsafe:
        console.print("[bold red]Graded with --unsafe:[/] the jail did not hold on this machine.")
    console.print(f"{len(results)} graded. Results: {output}/  Table: {path}", highlight=False)
    return 0


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
    )


def table(results: list[Result], questions: list[str]) -> Table:
    """One row per submission: score, points by question, seconds, remark."""
    view = Table(header_style="bold", show_edge=False, pad_edge=False)
    view.add_column("student", no_wrap=True, min_width=12, max_width=28)
    view.add_column("score", justify="right", no_wrap=True, min_width=5)
    for question in questions:
        view.add_column(question, justify="right", no_wrap=True, min_width=4)
    view.add_column("seconds", justify="right", no_wrap=True, min_width=7)
    view.add_column("remark", no_wrap=True, overflow="ellipsis", min_width=16)
    for result in results[:MAX_ROWS]:
        scores = result.question_scores()
        full = {q: _possible(result, q) for q in questions}
        view.add_row(
            result.student,
            _shown(result.score, result.max_score),
            *(_shown(scores.get(q, 0.0), full[q]) for q in questions),
            f"{result.seconds:.1f}",
            result.remark.replace("[", "\\["),
        )
    return view


def _possible(result: Result, question: str) -> float:
    return sum(p.max_score for p in result.parts if p.question == question)


def _shown(score: float, full: float) -> str:
    style = "green" if score == full else "red" if score == 0 else "yellow"
    return f"[{style}]{score:g}[/]"
