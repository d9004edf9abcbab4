"""`autograder export nbgrader` and `autograder import nbgrader`."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.markup import escape

from autograder.authoring.bundle import Bundle
from autograder.classroom.ledger import Ledger, Mark, Received, open_ledger
from autograder.classroom.standing.official import read_class
from autograder.classroom.standing.standings import Standing
from autograder.classroom.written.export import read_question
from autograder.course.model import COURSE_FILE, find_course, load_course
from autograder.ground.text import counted
from autograder.platforms.nbgrader.gradebook import GradebookError, read_manual, write_gradebook
from autograder.platforms.nbgrader.pages import write_pages
from autograder.platforms.nbgrader.tree import CONFIG_FILE, part_points
from autograder.submissions.read import Submission


def database(folder: Path) -> str:
    """URL of the gradebook in nbgrader's course directory.

    Raises:
        GradebookError: if the folder is no such directory.
    """
    if not (folder / CONFIG_FILE).is_file():
        problem = "is not nbgrader's course directory; `autograder build --nbgrader` makes one"
        raise GradebookError(f"{folder} {problem}.")
    return f"sqlite:///{(folder / 'gradebook.db').resolve()}"


def export(
    slug: str, output: Path, ledger: str, extensions: Path | None, folder: Path, console: Console
) -> int:
    """Official scores into nbgrader's gradebook, and pages for formgrader. Returns an exit code."""
    root, url = find_course(), database(folder)
    with open_ledger(output, ledger) as opened:
        found = read_class(opened, slug, extensions)
        works = [(s, _content(opened, s)) for s in found.standings]
    bundle = Bundle.from_course(root, slug)
    question = read_question(root, slug) if found.assignment.written else None
    write_pages(works, found.assignment, question, folder)
    done = write_gradebook(
        found.standings, found.course, found.assignment, part_points(bundle), url
    )
    waiting = f"; {len(done.waiting)} wait for a person in formgrader" if done.waiting else ""
    told = f"{counted(len(done.students), 'student')}: {folder}/gradebook.db{waiting}"
    console.print(told, markup=False, highlight=False, soft_wrap=True)
    for line in [*found.notes, *done.left_out, *done.overruled]:
        console.print(f"[yellow]![/] {escape(line)}", highlight=False, soft_wrap=True)
    return 0


def _content(ledger: Ledger, standing: Standing) -> Submission:
    hand_in = standing.counts.hand_in
    assert isinstance(hand_in, Received)  # it came out of this ledger
    return ledger.content(hand_in)


def bring_back(slug: str, output: Path, ledger: str, folder: Path, console: Console) -> int:
    """What people gave in formgrader, into the ledger. Returns an exit code."""
    course = load_course(find_course() / COURSE_FILE)
    manual = read_manual(course, course.assignment(slug), database(folder))
    new = 0
    with open_ledger(output, ledger) as opened:
        known: dict[tuple[str, str], Mark] = {
            (m.student, m.question): m for m in opened.marks(slug)
        }
        for student, given in manual.items():
            for question, own in given.items():
                mark = known.get((student, question))
                if mark and (mark.points, mark.comment) == (own.points, own.comment):
                    continue
                opened.mark(slug, student, question, own.points, own.comment)
                new += 1
                line = f"{student}, {question}: {own.points:g} points"
                console.print(line, markup=False, highlight=False)
    marks = "mark" if new == 1 else "marks"
    console.print(f"{new} new {marks}." if new else "Nothing new.", highlight=False)
    return 0
