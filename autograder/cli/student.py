"""For students: what passes, what fails and why."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.options import console

PANEL = "Students"


def add(app: typer.Typer) -> None:
    """Put these verbs on the command line."""
    app.command(rich_help_panel=PANEL)(check)
    app.command(rich_help_panel=PANEL)(convert)


def check(
    slug: Annotated[
        str | None, typer.Argument(help="Assignment; by default this folder's.")
    ] = None,
    question: Annotated[
        list[str] | None, typer.Option("-q", "--question", help="Only this question.")
    ] = None,
    watch: Annotated[bool, typer.Option(help="Check again whenever the file is saved.")] = False,
    hint: Annotated[str | None, typer.Option(help="Show the next hint for a question.")] = None,
) -> None:
    """What passes, what fails and why."""
    from autograder.checking import terminal as checking

    here = Path.cwd()
    if hint is not None:
        raise typer.Exit(checking.show_hint(here, slug, hint, console()))
    run = checking.watch if watch else checking.run_check
    code = run(here, slug, question, console())
    raise typer.Exit(checking.without_waiting(code, console()))


def convert(
    file: Annotated[Path, typer.Argument(help="The one to go on from: matmul.py or matmul.ipynb.")],
) -> None:
    """The notebook from the script, or the script from the notebook."""
    from autograder.checking import convert as converting

    console().print(converting.convert(file), highlight=False, soft_wrap=True)
