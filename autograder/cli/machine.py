"""About the machine that grades, and verbs that only a machine types."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.options import console

PANEL = "This machine"


def add(app: typer.Typer) -> None:
    """Put these verbs on the command line."""
    app.command(rich_help_panel=PANEL)(doctor)
    app.command(rich_help_panel=PANEL, hidden=True)(gradescope)


def doctor() -> None:
    """What this machine offers for isolation, and whether the jail holds here."""
    from autograder.grading import doctor as examining

    raise typer.Exit(examining.examine(console()))


def gradescope(
    root: Annotated[Path, typer.Option(help="Gradescope's folder.")] = Path("/autograder"),
    self_test: Annotated[
        Path | None, typer.Option(help="Only prove that the bundle in this folder can grade here.")
    ] = None,
) -> None:
    """Grade one submission on Gradescope's machine; called by run_autograder and setup.sh."""
    if self_test is not None:
        from autograder.platforms.gradescope import selftest

        selftest.run(self_test)
        return
    from autograder.platforms.gradescope import service

    raise typer.Exit(service.run(root))
