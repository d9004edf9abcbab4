"""The command line: verbs and their options, no logic.

What a user did wrong gets one sentence and exit code 2; what failed and should be seen, 1.
"""

from __future__ import annotations

import os
import sys
from enum import StrEnum
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
    """From where marks are brought back."""

    NBGRADER = "nbgrader"


NbgraderFolder = Annotated[
    Path, typer.Option("--course", help="nbgrader's course directory, with its gradebook.")
]


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
    from autograder.checking import terminal as checking

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
    nbgrader: Annotated[
        bool, typer.Option("--nbgrader", help="Write dist/nbgrader/ instead, for nbgrader.")
    ] = False,
) -> None:
    """For instructors: write starter/, the student zips and the Gradescope zips."""
    from autograder.authoring import build as building

    console = Console()
    if nbgrader and not check:
        from autograder.platforms.nbgrader.build import build_nbgrader

        raise typer.Exit(build_nbgrader(slugs, console))
    raise typer.Exit(building.check(slugs, console) if check else building.build(slugs, console))


@app.command()
def grade(
    slug: Slug,
    paths: Annotated[list[Path], typer.Argument(help="Files, folders or zips.")],
    output: Output = Path("results"),
    bundle: BundleZip = None,
    ledger: LedgerUrl = "",
    workers: Workers = 0,
    scheduler: Scheduler = "",
    unsafe: Annotated[
        bool, typer.Option("--unsafe", help="Grade even where the jail would not hold.")
    ] = False,
) -> None:
    """For TAs: grade submissions in isolation. Run again, it goes on where it stopped."""
    from autograder.classroom import view as classroom_view

    options = classroom_view.Options(output, ledger, workers, scheduler, unsafe)
    raise typer.Exit(classroom_view.grade(slug, paths, bundle, options, Console()))


@app.command()
def export(
    system: Annotated[System, typer.Argument(help="Whose columns.")],
    slug: Slug,
    output: Output = Path("results"),
    ledger: LedgerUrl = "",
    extensions: ExtensionsFile = None,
    roster: Annotated[
        Path | None, typer.Option(help="Canvas's gradebook export, or Gradescope's roster.")
    ] = None,
    column: Annotated[
        str | None, typer.Option(help="Canvas's name of the assignment; by default its title.")
    ] = None,
    per_question: Annotated[
        bool, typer.Option("--per-question", help="Canvas: a column for each question too.")
    ] = False,
    folder: NbgraderFolder = Path("dist/nbgrader"),
) -> None:
    """For TAs: official scores for Canvas, Gradescope, a spreadsheet or nbgrader's gradebook."""
    if system is System.NBGRADER:
        from autograder.platforms.nbgrader import view as nbgrader_view

        raise typer.Exit(nbgrader_view.export(slug, output, ledger, extensions, folder, Console()))
    from autograder.classroom.exports import view as export_view

    raise typer.Exit(
        export_view.export(
            system, slug, output, ledger, extensions, roster, column, per_question, Console()
        )
    )


@app.command("import")
def import_(
    system: Annotated[Source, typer.Argument(help="Where people graded.")],
    slug: Slug,
    output: Output = Path("results"),
    ledger: LedgerUrl = "",
    folder: NbgraderFolder = Path("dist/nbgrader"),
) -> None:
    """For TAs: points and comments that people gave in nbgrader's formgrader, into the ledger."""
    from autograder.platforms.nbgrader import view as nbgrader_view

    raise typer.Exit(nbgrader_view.bring_back(slug, output, ledger, folder, Console()))


@app.command()
def regrade(
    slug: Slug,
    apply: Annotated[bool, typer.Option("--apply", help="Make the new results official.")] = False,
    why: Annotated[str, typer.Option(help="For the students who ask; needed to apply.")] = "",
    output: Output = Path("results"),
    bundle: BundleZip = None,
    ledger: LedgerUrl = "",
    workers: Workers = 0,
    scheduler: Scheduler = "",
) -> None:
    """For TAs: what changed tests mean for a class, before it counts."""
    from autograder.classroom import view as classroom_view
    from autograder.classroom.regrade import view as regrade_view

    options = classroom_view.Options(output, ledger, workers, scheduler)
    raise typer.Exit(regrade_view.regrade(slug, bundle, options, why, apply, Console()))


@app.command()
def history(
    student: Student,
    slug: Annotated[str | None, typer.Argument(help="Assignment; all of them by default.")] = None,
    output: Output = Path("results"),
    ledger: LedgerUrl = "",
) -> None:
    """For TAs: what made a student's score, first to last."""
    from autograder.classroom.regrade import history as history_view

    raise typer.Exit(history_view.history(student, slug, output, ledger, Console()))


@app.command()
def mark(
    slug: Slug,
    student: Student,
    question: Annotated[str, typer.Argument(help="Such as written, q3 or extra.")],
    points: Annotated[
        float | None, typer.Argument(help="Points; none takes an earlier mark back.")
    ] = None,
    comment: Annotated[str, typer.Option(help="For the student.")] = "",
    output: Output = Path("results"),
    ledger: LedgerUrl = "",
) -> None:
    """For TAs: points that a person gives; a regrade never changes them."""
    from autograder.classroom.regrade import history as history_view

    code = history_view.mark(slug, student, question, points, comment, output, ledger, Console())
    raise typer.Exit(code)


@app.command()
def report(
    slug: Slug,
    output: Output = Path("results"),
    ledger: LedgerUrl = "",
    extensions: ExtensionsFile = None,
) -> None:
    """For TAs: one page about a class, its questions and its tests."""
    from autograder.classroom.report import view as report_view

    raise typer.Exit(report_view.write_report(slug, output, ledger, extensions, Console()))


@app.command()
def similarity(
    slug: Slug,
    paths: Annotated[list[Path], typer.Argument(help="Files, folders or zips.")],
    output: Output = Path("results"),
    threshold: Annotated[
        int, typer.Option(min=1, max=100, help="Percent of their own code that a pair shares.")
    ] = 40,
    given: Annotated[
        list[Path] | None,
        typer.Option(help="Code that everybody may use, such as the lecture's; may be repeated."),
    ] = None,
) -> None:
    """For TAs: which submissions have so much in common that a person should look."""
    from autograder.classroom.similarity import view as similarity_view

    found = similarity_view.similarity(slug, paths, given or [], output, threshold / 100, Console())
    raise typer.Exit(found)


@app.command()
def written(
    slug: Slug,
    paths: Annotated[list[Path], typer.Argument(help="Files, folders or zips.")],
    output: Annotated[Path, typer.Option(help="Folder for the PDFs.")] = Path("written"),
    pages: Annotated[
        int, typer.Option(min=1, max=50, help="Pages of each answer; the question's come before.")
    ] = 3,
) -> None:
    """For TAs: the answers to the written question, one PDF per student, to be graded by hand."""
    from autograder.classroom.written import export

    raise typer.Exit(export.export(slug, paths, output, pages, Console()))


@app.command()
def verify(
    slugs: Slugs = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="Leave out stock Otter and the twenty repeats.")
    ] = False,
    workers: Annotated[int, typer.Option(min=0, help="Graders at one time; 0: one per core.")] = 0,
) -> None:
    """For instructors: prove that the tests are sound."""
    from autograder.verifying import proof as verifying

    raise typer.Exit(verifying.verify(slugs, Console(), quick=quick, workers=workers))


@app.command()
def doctor() -> None:
    """What this machine offers for isolation, and whether the jail holds here."""
    from autograder.grading import doctor as examining

    raise typer.Exit(examining.examine(Console()))


@app.command()
def site() -> None:
    """For instructors: schedule and handouts as web pages, dist/site/."""
    from autograder.platforms.site import build as pages

    raise typer.Exit(pages.site(Console()))


@app.command()
def data(
    force: Annotated[bool, typer.Option("--force", help="Fetch even if it is there.")] = False,
) -> None:
    """Fetch Shakespeare's plays once, checked, for the assignments that read them."""
    from autograder.course import data as texts

    print(f"Shakespeare's plays are in {texts.fetch(force=force)}.")


@app.command()
def gradescope(
    root: Annotated[Path, typer.Option(help="Gradescope's folder.")] = Path("/autograder"),
    self_test: Annotated[
        Path | None, typer.Option(help="Only prove that the bundle in this folder can grade here.")
    ] = None,
) -> None:
    """Grade one submission on Gradescope's machine; called by run_autograder and setup.sh."""
    from autograder.platforms.gradescope import selftest, service

    if self_test is not None:
        selftest.run(self_test)
    else:
        raise typer.Exit(service.run(root))


def main(arguments: list[str] | None = None) -> None:
    """Run the command line. What a user can cause ends in a sentence, not in a traceback."""
    from autograder.ground.errors import UserError
    from autograder.jail.errors import JailBroken

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
