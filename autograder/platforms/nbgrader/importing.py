"""`autograder import nbgrader NOTEBOOK`: a source notebook of nbgrader becomes our source.

A question is what lies between one cell with a solution and the last test cell after it. In
nbgrader a test cell gives its points or none, hidden lines included: with hidden lines its points
are those of a hidden case, and the public case gives none.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from rich.console import Console

from autograder.authoring.adopting import Adopted, Asked, Case, read_notebook, tell
from autograder.course.model import find_course
from autograder.ground.errors import UserError

_HIDDEN = re.compile(r"^### BEGIN HIDDEN TESTS\n(.*?)^### END HIDDEN TESTS\n?", re.M | re.S)
_SOLUTION = re.compile(r"### BEGIN SOLUTION")


def import_source(notebook: Path, slug: str, console: Console) -> int:
    """Write an assignment into the course here, and list by cell what could not be kept.

    Returns:
        An exit code: 1 if something could not be kept.

    Raises:
        CourseError, UserError: in one sentence; nothing is written then.
    """
    adopted = read_source(notebook)
    for path in adopted.write(find_course(), slug):
        console.print(f"  {path}", highlight=False)
    return tell(adopted, slug, console)


def read_source(path: Path) -> Adopted:
    """A source notebook of nbgrader, read.

    Raises:
        UserError: for a file that is none, in one sentence.
    """
    notebook = read_notebook(path)
    adopted = Adopted()
    asked, began, start = Asked(""), 0, 0
    kinds = [_kind(cell) for cell in notebook.cells]
    for number, (cell, kind) in enumerate(zip(notebook.cells, kinds, strict=True), 1):
        if kind == "solution" and asked.cases:
            adopted.keep(asked, began, start)
            asked = Asked("")
        if kind in ("solution", "test") and not asked.name:
            asked.name = cell.metadata.nbgrader.get("grade_id", f"cell {number}")
            began, start = number, len(adopted.cells)
        if kind == "solution":
            adopted.solve(number, cell.source, asked, whole=not _SOLUTION.search(cell.source))
        elif kind == "test":
            asked.cases += _cases(cell, number)
        elif kind in ("manual", "task"):
            points = float(cell.metadata.nbgrader.get("points", 0))
            if cell.cell_type == "code":
                adopted.lost.append(f"cell {number}: code that people grade.")
            else:
                text = cell.source
                if kind == "manual" and number > 1 and kinds[number - 2] == "":
                    before = notebook.cells[number - 2]  # the answer's cell only holds an answer
                    text = before.source if before.cell_type == "markdown" else text
                adopted.written.append((text, points))
        else:
            adopted.give(cell)
    if asked.name:
        adopted.keep(asked, began, start)
    if not adopted.questions:
        lost = "".join(f"\n  {line}" for line in adopted.lost)
        raise UserError(f"{path} has no question of nbgrader's that can be carried over.{lost}")
    return adopted


def _kind(cell: Any) -> str:
    """What nbgrader's metadata makes of a cell; "" is nothing."""
    about = cell.metadata.get("nbgrader", {})
    if about.get("task"):
        return "task"
    if about.get("grade") and about.get("solution"):
        return "manual"
    if about.get("grade"):
        return "test"
    return "solution" if about.get("solution") else ""


def _cases(cell: Any, number: int) -> list[Case]:
    about = cell.metadata.nbgrader
    name, points = about.get("grade_id", f"cell {number}"), float(about.get("points", 0))
    code = cell.source.rstrip("\n") + "\n"
    open_part, whole = _HIDDEN.sub("", code), _HIDDEN.sub(r"\1", code)
    hidden = _HIDDEN.search(code) is not None
    cases = []
    if re.sub(r"#.*", "", open_part).strip():
        cases.append(Case(name, open_part, "", 0.0 if hidden else points, False))
    if hidden:
        cases.append(Case(name, whole, "", points, True))
    return cases
