"""The command line: verbs and their options by who types them, no logic.

What a user did wrong gets one sentence and exit code 2; what failed and should be seen, 1; what
Ctrl-C ended, 130. Imports everything, each room when a verb needs it.
"""

from __future__ import annotations

import errno
import os
import sys
from typing import Annotated

import typer

import autograder
from autograder.cli import classroom, instructor, machine, student
from autograder.ground.text import shown

# Before NumPy is imported anywhere: one BLAS thread, for ratios that hold and results that repeat.
for _library in ("OPENBLAS", "OMP", "MKL", "NUMEXPR"):
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")

if os.environ.get("NO_COLOR"):
    from typer import rich_utils

    rich_utils.COLOR_SYSTEM = None  # help and errors in plain text, not only without colours

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="A course that grades itself.",
)


def _say_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"autograder {autograder.__version__}")
        raise typer.Exit


@app.callback()
def every_verb(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_say_version, is_eager=True, help="Show the version and exit."
        ),
    ] = False,
) -> None:
    """A course that grades itself."""


for _room in (student, instructor, classroom, machine):
    _room.add(app)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line. What a user can cause ends in a sentence, not in a traceback."""
    from autograder.ground.errors import Interrupted, UserError
    from autograder.ground.extras import missing
    from autograder.jail.errors import JailBroken

    try:
        app(arguments)
    except SystemExit as end:
        if end.code == Interrupted.exit_code:  # typer has taken the Ctrl-C, and says nothing
            _leave("Stopped.", Interrupted.exit_code)
        raise
    except UserError as error:
        _leave(str(error), error.exit_code)
    except JailBroken as error:
        _leave(f"Grading is not possible here: {str(error).rstrip('.')}.", 1)
    except ModuleNotFoundError as error:
        if not (sentence := missing(error)):
            raise
        _leave(sentence, 2)
    except OSError as error:
        if error.filename is None and error.errno not in (errno.EMFILE, errno.ENFILE):
            raise
        where = f"{error.filename}: " if error.filename else ""
        _leave(f"{where}{error.strerror}.", 1)


def _leave(message: str, code: int) -> None:
    print("\n".join(map(shown, message.splitlines())), file=sys.stderr)
    sys.exit(code)
