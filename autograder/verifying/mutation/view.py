"""`autograder mutate`: which small mistakes in the solution no test notices."""

from __future__ import annotations

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from autograder.authoring.bundle import Bundle
from autograder.course.layout import solution_path
from autograder.course.model import find_course
from autograder.verifying.mutation.records import FILE, template
from autograder.verifying.mutation.run import Choice, run


def mutate(slug: str, choice: Choice, workers: int, console: Console) -> int:
    """Print the survivors, each as a diff with its place. Returns 1 if there is one."""
    root = find_course()
    bundle = Bundle.from_course(root, slug)
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
    ) as progress:
        bar = progress.add_task(f"mutants of {slug}", total=None)

        def tick(done: int, total: int) -> None:
            progress.update(bar, completed=done, total=total)

        figures = run(root, slug, bundle, choice, workers, tick)
    file = solution_path(root, slug).relative_to(root).as_posix()
    for mutation in figures.survivors:
        console.print(mutation.diff(file) + "\n", markup=False, highlight=False, soft_wrap=True)
    for problem in figures.stale:
        console.print(problem, markup=False, highlight=False, soft_wrap=True)
    console.print(figures.sentence() + ".", highlight=False)
    if figures.share is not None:
        text = f"A mutant took {figures.share:.2f} of the time that grading the solution takes."
        console.print(text, highlight=False)
    if figures.survivors:
        out = root / "dist" / "mutants" / f"{slug}-survivors.toml"
        out.write_text("\n".join(map(template, figures.survivors)), encoding="utf-8")
        console.print(
            f"Write a test that catches each, or, where it is as right as the solution, take its "
            f"entry from {out.relative_to(root)} into assignments/{slug}/{FILE} with a reason.",
            highlight=False,
        )
    return 1 if figures.survivors or figures.stale else 0
