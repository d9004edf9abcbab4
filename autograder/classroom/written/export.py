"""`autograder written`: finds submissions, has their pages made in the jail, writes the PDFs."""

from __future__ import annotations

import dataclasses
import importlib.util
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from autograder.authoring.source import build_starter
from autograder.classroom.intake import HandIn, latest
from autograder.classroom.intake.plain import unique
from autograder.classroom.receiving import asked, take_in
from autograder.course.model import COURSE_FILE, Assignment, find_course, load_course
from autograder.ground.errors import UserError
from autograder.ground.extras import extra
from autograder.ground.files import private_folder, write_atomic
from autograder.ground.text import counted, safe_name
from autograder.jail.client import Jail
from autograder.jail.confine import Limits
from autograder.jail.conversation import Time
from autograder.jail.errors import Missing, Raised, Stopped
from autograder.jail.orders import LoadOrder
from autograder.submissions import read as submission
from autograder.submissions.read import Submission

SECONDS = 60.0  # for the pages of one student
MAX_ROWS = 200
_ENGINE = "autograder.classroom.written.pages"
_ORDER = LoadOrder(f"from {_ENGINE} import render".encode(), "autograder_written")
_SHOWN = {
    "answered": "[green]answered[/]",
    "unchanged": "[yellow]unchanged[/]",
    "missing": "[red]question not found[/]",
    "unreadable": "[red]unreadable[/]",
}


class NothingWritten(UserError):
    """There is nothing to export, or nothing to export it with."""


class Question(NamedTuple):
    """The written question of an assignment as it was handed out."""

    heading: str
    text: str
    placeholder: str


class Exported(NamedTuple):
    """What became of one student's answer."""

    name: str
    pdf: bytes
    state: str
    left_out: int


def export(slug: str, paths: list[Path], output: Path, pages: int, console: Console) -> int:
    """Write `output/<student>.pdf` for every submission under `paths`. Returns an exit code.

    Args:
        pages: of each answer.

    Raises:
        NothingWritten, NoSubmissions, CourseError, JailBroken: as their names say.
    """
    if importlib.util.find_spec("reportlab") is None:
        raise NothingWritten(f"Exporting answers needs {extra('staff')}.")
    if not paths:
        raise NothingWritten(
            "Whose answers? Give files, folders or zips for PDFs, or --serve for a page to mark on."
        )
    root = find_course()
    question, course = read_question(root, slug), load_course(root / COURSE_FILE)
    names = asked(course.assignment(slug))
    hand_ins = take_in(slug, paths, course.timezone, names, console)
    found = _read(latest(hand_ins), slug)
    private_folder(output)
    view = Table(header_style="bold", show_edge=False, pad_edge=False)
    view.add_column("student", no_wrap=True, min_width=12)
    view.add_column("answer", no_wrap=True)
    view.add_column("", no_wrap=True)
    with Jail([_ENGINE]) as jail:
        for number, work in enumerate(found):
            made = typeset(jail, work, question, pages)
            write_atomic(output / f"{made.name}.pdf", made.pdf, mode=0o600)
            cut = f"cut: {made.left_out} more; --pages" if made.left_out else ""
            if number < MAX_ROWS:
                view.add_row(escape(made.name), _SHOWN.get(made.state, ""), cut)
    console.print(view)
    earlier = len(hand_ins) - len(found)
    left = f"; {earlier} earlier {'one' if earlier == 1 else 'ones'} left out" if earlier else ""
    told = f"{counted(len(found), 'PDF')} in {output}/{left}"
    console.print(told, markup=False, highlight=False, soft_wrap=True)
    return 0


def _read(hand_ins: list[HandIn], slug: str) -> list[Submission]:
    """What was handed in, under the names of people where these are known."""
    whose = [h.names or ", ".join(h.students) for h in hand_ins]
    names = unique(safe_name(h.names or h.name) for h in hand_ins)
    return [
        dataclasses.replace(submission.read(h.path, slug, h.name), name=name, student=who)
        for h, name, who in zip(hand_ins, names, whose, strict=True)
    ]


def read_question(root: Path, slug: str) -> Question:
    """The written question, from the notebook that students get.

    Raises:
        NothingWritten: the assignment has none.
        CourseError, SourceError: for a mistake in the checkout.
    """
    assignment = load_course(root / COURSE_FILE).assignment(slug)
    notebook = nbformat.reads(build_starter(root, slug)[f"{slug}.ipynb"].decode(), as_version=4)
    text, placeholder = (_tagged(notebook.cells, tag) for tag in ("written", "answer"))
    if assignment.written is None or not text:
        raise NothingWritten(f"{slug} has no written question.")
    return Question(_heading(assignment), text, placeholder)


def _tagged(cells: list[Any], tag: str) -> str:
    return next((c.source for c in cells if tag in c.metadata.get("tags", [])), "")


def _heading(assignment: Assignment) -> str:
    written = assignment.written
    assert written is not None
    return f"{assignment.title} · {written.title} · {written.points:g} points"


def typeset(jail: Jail, work: Submission, question: Question, pages: int) -> Exported:
    """The PDF of one submission; whatever it holds, there is one."""
    reply = _ask(jail, work, question, pages, work.refusal)
    if reply is None:
        trouble = "The answer cannot be shown here; look into the submission."
        reply = _ask(jail, work, question, pages, trouble)
    if reply is None:
        raise NothingWritten(f"The pages of {work.name} could not be made.")
    return Exported(work.name, reply["pdf"], reply["state"], reply["left_out"])


def _ask(
    jail: Jail, work: Submission, question: Question, pages: int, trouble: str
) -> dict[str, Any] | None:
    """What `render` says; None if it did not get to its end."""
    source = b"" if trouble else work.source
    asked = (source, work.kind, work.student, *question, pages, trouble)
    reply = ask(jail, _ORDER, "render", asked)
    fine = isinstance(reply, dict) and isinstance(reply.get("pdf"), bytes)
    return reply if fine and reply["pdf"].startswith(b"%PDF-") else None


def ask(jail: Jail, order: LoadOrder, name: str, asked: tuple[object, ...]) -> Any:
    """What a function of ours that reads a submission answers, in a fresh worker.

    Args:
        order: loads the function called `name`.

    Returns:
        Plain values, not to be believed; None if it did not get to its end.
    """
    with jail.worker(Limits(memory_mb=1024)) as worker:
        try:
            worker.load(order, SECONDS)
            with worker.case(Time(SECONDS, SECONDS)) as talk:
                return talk.request({"k": "call", "name": name}, asked, {})
        except (Stopped, Raised, Missing):
            return None
