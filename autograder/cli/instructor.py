"""For instructors: from one source to bundles, and the proof that the tests are sound."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.options import Slug, Slugs, Workers, console

PANEL = "Instructors"


def add(app: typer.Typer) -> None:
    """Put these verbs on the command line."""
    app.command(rich_help_panel=PANEL)(init)
    app.command(rich_help_panel=PANEL)(new)
    app.command(rich_help_panel=PANEL)(build)
    app.command(rich_help_panel=PANEL)(verify)
    app.command(rich_help_panel=PANEL)(mutate)
    app.command(rich_help_panel=PANEL)(site)
    app.command(rich_help_panel=PANEL)(data)


def init(
    folder: Annotated[Path, typer.Argument(help="Made, if it is not there.")] = Path(),
) -> None:
    """Begin a course: one tiny assignment that works."""
    from autograder.authoring import founding

    raise typer.Exit(founding.init(folder, console()))


def new(
    slug: Annotated[str, typer.Argument(help="Its name, as of a Python module, such as lab1.")],
    questions: Annotated[int, typer.Option(min=1, max=30, help="How many.")] = 3,
) -> None:
    """Add the skeleton of an assignment to the course."""
    from autograder.authoring import founding

    raise typer.Exit(founding.new(slug, questions, console()))


def build(
    slugs: Slugs = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; fail if starter/ is out of date.")
    ] = False,
    nbgrader: Annotated[
        bool, typer.Option("--nbgrader", help="Write dist/nbgrader/ instead, for nbgrader.")
    ] = False,
    otter: Annotated[
        bool, typer.Option("--otter", help="Write dist/otter/ instead, for `otter assign`.")
    ] = False,
) -> None:
    """Write starter/, the student zips and the Gradescope zips."""
    from autograder.authoring import build as building

    if nbgrader and not check:
        from autograder.platforms.nbgrader.build import build_nbgrader

        raise typer.Exit(build_nbgrader(slugs, console()))
    if otter and not check:
        from autograder.platforms.otter.master import build_masters

        raise typer.Exit(build_masters(slugs, console()))
    run = building.check if check else building.build
    raise typer.Exit(run(slugs, console()))


def verify(
    slugs: Slugs = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="Leave out stock Otter and the twenty repeats.")
    ] = False,
    question: Annotated[
        str, typer.Option("-q", "--question", help="Only this question of one assignment.")
    ] = "",
    mutant: Annotated[str, typer.Option(help="Only this mutant: its file's name.")] = "",
    workers: Workers = 0,
) -> None:
    """Prove that the tests are sound."""
    from autograder.verifying import proof as verifying

    part = verifying.Part(question, mutant.removesuffix(".py"))
    done = verifying.verify(slugs, console(), quick=quick, workers=workers, part=part)
    raise typer.Exit(done)


def mutate(
    slug: Slug,
    question: Annotated[
        str, typer.Option("--question", "-q", help="Only what this can notice.")
    ] = "",
    sample: Annotated[int, typer.Option(min=0, help="So many, drawn at random; 0: all.")] = 0,
    seed: Annotated[int, typer.Option(help="Of the sample.")] = 0,
    since: Annotated[
        str, typer.Option(help="Only lines that changed since this revision of git's.")
    ] = "",
    workers: Workers = 0,
) -> None:
    """Small mistakes by machine: which of them does no test notice? Goes on where it stopped."""
    from autograder.verifying.mutation import view
    from autograder.verifying.mutation.run import Choice

    choice = Choice(question, sample, seed, since)
    raise typer.Exit(view.mutate(slug, choice, workers, console()))


def site() -> None:
    """Schedule and handouts as web pages, dist/site/."""
    from autograder.platforms.site import build as pages

    raise typer.Exit(pages.site(console()))


def data(
    force: Annotated[bool, typer.Option("--force", help="Fetch even if it is there.")] = False,
) -> None:
    """Fetch Shakespeare's plays once, checked, for the assignments that read them."""
    from autograder.course import data as texts

    print(f"Shakespeare's plays are in {texts.fetch(force=force)}.")
