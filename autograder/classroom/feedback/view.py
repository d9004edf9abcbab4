"""One page per student: what the tests said, in the words that Gradescope shows, and what people
gave and said. A list beside them is for mail merge.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.markup import escape

from autograder.classroom.html import page
from autograder.classroom.ledger import open_ledger
from autograder.classroom.marks.rules import unmarked
from autograder.classroom.standing.official import OfficialClass, read_class
from autograder.classroom.standing.standings import WRITTEN, Standing
from autograder.ground.files import private_folder, write_atomic
from autograder.ground.text import cell, counted, safe_name

LIST_FILE = "mail-merge.csv"
_UNSAFE = re.compile(r'[:*?"<>|]')  # what Windows cannot have in a name


def feedback(
    slug: str, output: Path, ledger: str, extensions: Path | None, console: Console
) -> int:
    """Write `<output>/feedback/<slug>/<student>.html` for everybody and nobody else, and the list.

    Raises:
        NothingOfficial: there is nothing to say yet, or not to everybody.
    """
    with open_ledger(output, ledger) as opened:
        found = read_class(opened, slug, extensions)
    folder = private_folder(private_folder(output / "feedback") / slug)
    names = file_names(s.student for s in found.standings)
    rows = []
    for standing in found.standings:
        name = names[standing.student]
        text = write_page(found, standing)
        write_atomic(folder / name, text.encode("utf-8", "replace"), mode=0o600)
        full = _full(found, standing)
        mail = next((known for known in standing.known_as if "@" in known), "")
        who = [cell(text) for text in (standing.student, standing.name, mail)]
        rows.append([*who, name, f"{standing.score:g}", f"{full:g}"])
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    for page_of_nobody in {p.name for p in folder.glob("*.html")} - set(names.values()):
        (folder / page_of_nobody).unlink()  # who was withdrawn, or has another name now
    table.writerows([["student", "name", "email", "file", "score", "max_score"], *rows])
    write_atomic(folder / LIST_FILE, out.getvalue().encode("utf-8", "replace"), mode=0o600)
    waiting = unmarked(found.assignment, found.standings)
    for warning in [*found.notes, *filter(None, [waiting])]:
        console.print(f"[yellow]![/] {escape(warning)}", highlight=False, soft_wrap=True)
    told = f"{counted(len(rows), 'page')}: {folder}/  List: {LIST_FILE}"
    console.print(told, markup=False, highlight=False, soft_wrap=True)
    return 0


def write_page(found: OfficialClass, standing: Standing) -> str:
    """The page of one student: one file that loads nothing."""
    assignment, result = found.assignment, standing.counts.result
    shown = result.to_gradescope()
    marks = {mark.question: mark for mark in standing.marks}
    own = (*assignment.questions, WRITTEN)
    return page(
        "feedback.html.jinja",
        zone=ZoneInfo(found.course.timezone),
        course=found.course,
        assignment=assignment,
        standing=standing,
        full=_full(found, standing),
        remark=result.remark,
        tests={key: [t for t in shown["tests"] if _of(t["name"], key)] for key in own},
        computed=result.question_scores(),
        marks=marks,
        extra=[mark for mark in standing.marks if mark.question not in own],
    )


def _of(test: str, question: str) -> bool:
    """Whether a test, such as `q3 (hidden)`, is one of this question."""
    return test == question or test.startswith(f"{question} ")


def _full(found: OfficialClass, standing: Standing) -> float:
    """Points that this student could reach: without a mark, the written question does not count."""
    written = found.assignment.written
    by_people = written.points if written and WRITTEN in standing.points else 0.0
    return found.assignment.points + by_people


def file_names(students: Iterable[str]) -> dict[str, str]:
    """A file's name for each student: as they are called, as far as every system can."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for student in students:
        plain = _UNSAFE.sub("_", safe_name(student)).rstrip(". ") or "student"
        name, number = plain, 1
        while name.casefold() in taken:  # also where a file system tells no capitals
            number += 1
            name = f"{plain}-{number}"
        taken.add(name.casefold())
        names[student] = f"{name}.html"
    return names
