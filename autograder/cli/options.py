"""Arguments and options that several verbs share, and where they print."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from autograder.ground.terminal import SafeConsole


def console() -> Console:
    """Where a verb prints; with NO_COLOR set, plain text without bold or italics either."""
    return SafeConsole(color_system=None) if os.environ.get("NO_COLOR") else SafeConsole()


Slug = Annotated[str, typer.Argument(help="Name of the assignment, such as matmul.")]
Slugs = Annotated[list[str] | None, typer.Argument(help="Assignments; all of them by default.")]
Output = Annotated[Path, typer.Option(help="Folder of the results.")]
BundleZip = Annotated[
    Path | None, typer.Option(help="A Gradescope zip; by default this checkout's tests.")
]
Student = Annotated[str, typer.Argument(help="Name, or a part of it that only one has.")]
Workers = Annotated[int, typer.Option(min=0, help="Graders at one time; 0: one per core.")]
Scheduler = Annotated[str, typer.Option(help="Of a Dask cluster, such as tcp://host:8786.")]
LedgerUrl = Annotated[
    str, typer.Option(help="A database URL; by default a file in the folder of the results.")
]

ExtensionsFile = Annotated[
    Path | None, typer.Option(help="Who may hand in later; by default extensions.yml.")
]


class System(StrEnum):
    """For whom scores are exported."""

    CSV = "csv"
    CANVAS = "canvas"
    GRADESCOPE = "gradescope"
    NBGRADER = "nbgrader"


class Source(StrEnum):
    """From where marks are brought back, and notebooks are taken over."""

    CSV = "csv"
    NBGRADER = "nbgrader"
    OTTER = "otter"


NbgraderFolder = Annotated[
    Path, typer.Option("--course", help="nbgrader's course directory, with its gradebook.")
]
