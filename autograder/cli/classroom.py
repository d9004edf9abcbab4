"""For TAs: a class graded, marked, regraded and exported."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.options import (
    BundleZip,
    ExtensionsFile,
    LedgerUrl,
    NbgraderFolder,
    Output,
    Scheduler,
    Slug,
    Source,
    Student,
    System,
    Workers,
    console,
)

PANEL = "TAs"


def add(app: typer.Typer) -> None:
    """Put these verbs on the command line."""
    app.command(rich_help_panel=PANEL)(grade)
    app.command(rich_help_panel=PANEL)(withdraw)
    app.command(rich_help_panel=PANEL)(written)
    app.command(rich_help_panel=PANEL)(mark)
    app.command(rich_help_panel=PANEL)(similarity)
    app.command(rich_help_panel=PANEL)(report)
    app.command(rich_help_panel=PANEL)(feedback)
    app.command(rich_help_panel=PANEL)(export)
    app.command("import", rich_help_panel=PANEL)(import_)
    app.command(rich_help_panel=PANEL)(regrade)
    app.command(rich_help_panel=PANEL)(history)


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
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be read as whose.")
    ] = False,
) -> None:
    """Grade submissions in isolation. Run again, it goes on where it stopped."""
    from autograder.classroom import view as classroom_view

    options = classroom_view.Options(output, ledger, workers, scheduler, unsafe, dry_run)
    raise typer.Exit(classroom_view.grade(slug, paths, bundle, options, console()))


def withdraw(
    slug: Slug,
    student: Student,
    why: Annotated[str, typer.Option(help="For whoever asks later.")],
    submission: Annotated[
        str, typer.Option(help="Only the one of this name; by default all there are now.")
    ] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Let it count again.")] = False,
    output: Output = Path("results"),
    ledger: LedgerUrl = "",
) -> None:
    """Take out what went in by mistake; nothing is deleted."""
    from autograder.classroom import withdraw as withdrawing

    code = withdrawing.withdraw(slug, student, why, submission, undo, output, ledger, console())
    raise typer.Exit(code)


def written(
    slug: Slug,
    paths: Annotated[list[Path] | None, typer.Argument(help="Files, folders or zips.")] = None,
    output: Annotated[Path, typer.Option(help="Folder for the PDFs.")] = Path("written"),
    pages: Annotated[
        int, typer.Option(min=1, max=50, help="Pages of each answer; the question's come before.")
    ] = 3,
    serve: Annotated[
        bool, typer.Option("--serve", help="No PDFs: a page on this machine to give marks on.")
    ] = False,
    names: Annotated[
        bool, typer.Option("--names", help="--serve: show whose answer it is.")
    ] = False,
    port: Annotated[int, typer.Option(min=0, max=65535, help="--serve: 0 for any.")] = 0,
    results: Annotated[Path, typer.Option(help="--serve: folder of the results.")] = Path(
        "results"
    ),
    ledger: LedgerUrl = "",
    extensions: ExtensionsFile = None,
) -> None:
    """The answers to the written question: a page to mark them on, or a PDF for each student."""
    if serve:
        from autograder.classroom.marking import serve as marking

        raise typer.Exit(
            marking.serve(slug, results, ledger, extensions, port, console(), names=names)
        )
    from autograder.classroom.written import export

    raise typer.Exit(export.export(slug, paths or [], output, pages, console()))


def mark(
    slug: Slug,
    student: Student,
    question: Annotated[str, typer.Argument(help="Such as written, q3 or extra.")],
    points: Annotated[
        float | None,
        typer.Argument(help="Points; none takes an earlier mark back. Below 0: -- -7."),
    ] = None,
    comment: Annotated[str, typer.Option(help="For the student.")] = "",
    output: Output = Path("results"),
    ledger: LedgerUrl = "",
) -> None:
    """Points that a person gives; a regrade never changes them."""
    from autograder.classroom.marks import view as marks_view

    code = marks_view.mark(slug, student, question, points, comment, output, ledger, console())
    raise typer.Exit(code)


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
    """Which submissions have so much in common that a person should look."""
    from autograder.classroom.similarity import view as similarity_view

    found = similarity_view.similarity(slug, paths, given or [], output, threshold / 100, console())
    raise typer.Exit(found)


def report(
    slug: Slug,
    output: Output = Path("results"),
    ledger: LedgerUrl = "",
    extensions: ExtensionsFile = None,
) -> None:
    """One page about a class, its questions and its tests."""
    from autograder.classroom.report import view as report_view

    raise typer.Exit(report_view.write_report(slug, output, ledger, extensions, console()))


def feedback(
    slug: Slug,
    output: Output = Path("results"),
    ledger: LedgerUrl = "",
    extensions: ExtensionsFile = None,
) -> None:
    """A page for each student: what the tests said, and what people gave and said."""
    from autograder.classroom.feedback import view as feedback_view

    raise typer.Exit(feedback_view.feedback(slug, output, ledger, extensions, console()))


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
    section: Annotated[
        str, typer.Option(help="Only the students of this section of the roster.")
    ] = "",
    folder: NbgraderFolder = Path("dist/nbgrader"),
) -> None:
    """Official scores for Canvas, Gradescope, a spreadsheet or nbgrader's gradebook."""
    if system is System.NBGRADER:
        from autograder.platforms.nbgrader import view as nbgrader_view

        raise typer.Exit(nbgrader_view.export(slug, output, ledger, extensions, folder, console()))
    from autograder.classroom.exports import view as export_view

    raise typer.Exit(
        export_view.export(
            system,
            slug,
            output,
            ledger,
            extensions,
            roster,
            column,
            per_question,
            section,
            console(),
        )
    )


def import_(
    system: Annotated[Source, typer.Argument(help="Where people graded, or whose notebook.")],
    what: Annotated[
        str, typer.Argument(help="An assignment, for its marks; a notebook, to take it over.")
    ],
    file: Annotated[
        Path | None, typer.Argument(help="csv: columns student, question, points, comment.")
    ] = None,
    output: Output = Path("results"),
    ledger: LedgerUrl = "",
    folder: NbgraderFolder = Path("dist/nbgrader"),
    name: Annotated[str, typer.Option("--as", help="What the new assignment is called.")] = "",
) -> None:
    """Marks of a table or of formgrader; or a notebook of otter assign or nbgrader, taken over."""
    if what.endswith(".ipynb") or system is Source.OTTER:
        raise typer.Exit(_take_over(system, Path(what), name))
    slug = what
    if system is Source.CSV:
        from autograder.classroom.marks import view as marks_view

        raise typer.Exit(marks_view.import_csv(slug, file, output, ledger, console()))
    from autograder.platforms.nbgrader import view as nbgrader_view

    raise typer.Exit(nbgrader_view.bring_back(slug, output, ledger, folder, console()))


def _take_over(system: Source, notebook: Path, name: str) -> int:
    import re

    slug = name or re.sub(r"\W+", "_", notebook.stem.lower()).strip("_")
    if system is Source.CSV:
        raise typer.BadParameter("a notebook comes from otter or from nbgrader, not from csv.")
    if system is Source.OTTER:
        from autograder.platforms.otter.importing import import_master as take
    else:
        from autograder.platforms.nbgrader.importing import import_source as take
    return take(notebook, slug, console())


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
    """What changed tests mean for a class, before it counts."""
    from autograder.classroom import view as classroom_view
    from autograder.classroom.regrade import view as regrade_view

    options = classroom_view.Options(output, ledger, workers, scheduler)
    raise typer.Exit(regrade_view.regrade(slug, bundle, options, why, apply, console()))


def history(
    student: Student,
    slug: Annotated[str | None, typer.Argument(help="Assignment; all of them by default.")] = None,
    output: Output = Path("results"),
    ledger: LedgerUrl = "",
    extensions: ExtensionsFile = None,
) -> None:
    """What made a student's score, first to last."""
    from autograder.classroom.regrade import history as history_view

    raise typer.Exit(history_view.history(student, slug, output, ledger, extensions, console()))
