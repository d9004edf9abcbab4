"""`autograder mark` and `autograder import csv`."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.markup import escape

from autograder.classroom.ledger import Given, open_ledger
from autograder.classroom.marks.rules import WrongMark, check_mark
from autograder.classroom.marks.table import MarksError, read_marks
from autograder.classroom.standing.whom import the_student
from autograder.course.model import COURSE_FILE, find_course, load_course


def mark(
    slug: str,
    student: str,
    question: str,
    points: float | None,
    comment: str,
    output: Path,
    ledger_url: str,
    console: Console,
) -> int:
    """Note points that a person gave; None takes back what there is.

    Raises:
        UnknownStudent, WrongMark: nothing is noted.
    """
    assignment = load_course(find_course() / COURSE_FILE).assignment(slug)
    with open_ledger(output, ledger_url) as ledger:
        who = the_student(ledger, slug, student)
        given = [Given(who.student, question, points, comment)]
        if points is None:  # also what an older version noted under any name
            own = [m for m in ledger.marks(slug) if m.student in who.known_as]
            given = [
                Given(m.student, question, None, comment) for m in own if m.question == question
            ]
            if not given:
                raise WrongMark(f"{who.label} has no mark for {question} that could be taken back.")
        else:
            check_mark(assignment, question, points)
        ledger.mark_all(slug, given)
    what = "taken back" if points is None else f"{points:g} points"
    console.print(f"{escape(who.label)}, {slug} {question}: {what}.", highlight=False)
    return 0


def import_csv(
    slug: str, path: Path | None, output: Path, ledger_url: str, console: Console
) -> int:
    """Note all marks of a file that are not known yet, or none of them.

    Raises:
        MarksError: something in the file cannot be taken.
    """
    if path is None:
        raise MarksError("Which file? `autograder import csv <assignment> <file>`.")
    assignment = load_course(find_course() / COURSE_FILE).assignment(slug)
    with open_ledger(output, ledger_url) as ledger:
        given = read_marks(path, assignment, lambda name: the_student(ledger, slug, name).student)
        known = {(m.student, m.question): (m.points, m.comment) for m in ledger.marks(slug)}
        new = [g for g in given if known.get((g.student, g.question)) != (g.points, g.comment)]
        ledger.mark_all(slug, new)
    marks = "mark" if len(new) == 1 else "marks"
    before = f", {len(given) - len(new)} as before" if len(given) > len(new) else ""
    console.print(f"{len(new)} new {marks}{before}.", highlight=False)
    return 0
