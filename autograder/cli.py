"""The command line: verbs and their options, no logic.

What a user did wrong gets one sentence and exit code 2; what failed and should be seen, 1.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

# Before NumPy is imported anywhere: one BLAS thread, for ratios that hold and results that repeat.
for _library in ("OPENBLAS", "OMP", "MKL", "NUMEXPR"):
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="A course that grades itself.",
)

Slug = Annotated[str, typer.Argument(help="Name of the assignment, such as matmul.")]
Slugs = Annotated[list[str] | None, typer.Argument(help="Assignments; all of them by default.")]


@app.command()
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
    """For students: what passes, what fails and why."""
    from autograder import check as checking

    console, here = Console(), Path.cwd()
    if hint is not None:
        raise typer.Exit(checking.show_hint(here, slug, hint, console))
    run = checking.watch if watch else checking.run_check
    raise typer.Exit(run(here, slug, question, console))


@app.command()
def build(
    slugs: Slugs = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; fail if starter/ is out of date.")
    ] = False,
) -> None:
    """For instructors: write starter/, the student zips and the Gradescope zips."""
    from autograder import building

    console = Console()
    raise typer.Exit(building.check(slugs, console) if check else building.build(slugs, console))


@app.command()
def grade(
    slug: Slug,
    paths: Annotated[list[Path], typer.Argument(help="Files, folders or zips.")],
    output: Annotated[Path, typer.Option(help="Folder for the results.")] = Path("results"),
    bundle: Annotated[
        Path | None, typer.Option(help="A Gradescope zip; by default this checkout's tests.")
    ] = None,
    workers: Annotated[int, typer.Option(min=0, help="Graders at one time; 0: one per core.")] = 0,
    unsafe: Annotated[
        bool, typer.Option("--unsafe", help="Grade even where the jail would not hold.")
    ] = False,
) -> None:
    """For TAs: grade submissions in isolation."""
    from autograder import classroom_view

    raise typer.Exit(classroom_view.grade(slug, paths, output, bundle, workers, unsafe, Console()))


@app.command()
def verify(
    slugs: Slugs = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="Leave out stock Otter and the twenty repeats.")
    ] = False,
    workers: Annotated[int, typer.Option(min=0, help="Graders at one time; 0: one per core.")] = 0,
) -> None:
    """For instructors: prove that the tests are sound."""
    from autograder import verify as verifying

    raise typer.Exit(verifying.verify(slugs, Console(), quick=quick, workers=workers))


@app.command()
def doctor() -> None:
    """What this machine offers for isolation, and whether the jail holds here."""
    from autograder import doctor as examining

    raise typer.Exit(examining.examine(Console()))


@app.command()
def data(
    force: Annotated[bool, typer.Option("--force", help="Fetch even if it is there.")] = False,
) -> None:
    """Fetch Shakespeare's plays once, checked, for the assignments that read them."""
    from autograder import data as texts

    print(f"Shakespeare's plays are in {texts.fetch(force=force)}.")


@app.command()
def gradescope(
    root: Annotated[Path, typer.Option(help="Gradescope's folder.")] = Path("/autograder"),
    self_test: Annotated[
        Path | None, typer.Option(help="Only prove that the bundle in this folder can grade here.")
    ] = None,
) -> None:
    """Grade one submission on Gradescope's machine; called by run_autograder and setup.sh."""
    from autograder import gradescope as service
    from autograder import selftest

    if self_test is not None:
        selftest.run(self_test)
    else:
        raise typer.Exit(service.run(root))


def main(arguments: list[str] | None = None) -> None:
    """Run the command line. What a user can cause ends in a sentence, not in a traceback."""
    from autograder.errors import UserError
    from autograder.jail.client import JailBroken

    try:
        app(arguments)
    except KeyboardInterrupt:
        _leave("Stopped.", 1)
    except UserError as error:
        _leave(str(error), error.exit_code)
    except JailBroken as error:
        _leave(f"Grading is not possible here: {error}.", 1)
    except OSError as error:
        if error.filename is None:
            raise
        _leave(f"{error.filename}: {error.strerror}.", 1)


def _leave(message: str, code: int) -> None:
    print(message, file=sys.stderr)
    sys.exit(code)
