"""`autograded/<student>/<slug>/<slug>.ipynb`: what formgrader shows of a submission.

A submission is read in the jail and comes back as text and pictures. The page is made of those, of
our own feedback and of nbgrader's metadata, and HTML in it is shown as text: formgrader shows it in
the browser of somebody who may change grades.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from autograder.authoring.source import assembled, notebook_bytes
from autograder.classroom.standing.standings import WRITTEN, Standing
from autograder.classroom.written.export import Question, ask
from autograder.course.model import Assignment
from autograder.grading.results import Result
from autograder.ground.files import write_atomic
from autograder.jail.client import Jail
from autograder.jail.orders import LoadOrder
from autograder.platforms.nbgrader.gradebook import GradebookError
from autograder.platforms.nbgrader.tree import grade_id, marked, solution_id
from autograder.submissions.read import Submission

_ENGINE = "autograder.classroom.written.cells"
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_ORDER = LoadOrder(f"from {_ENGINE} import read".encode(), "autograder_cells")


def write_pages(
    works: Iterable[tuple[Standing, Submission]],
    assignment: Assignment,
    question: Question | None,
    folder: Path,
) -> None:
    """Write a page for every student below `folder/autograded/`.

    Args:
        works: what counts for each student.
        question: the written question as it was handed out, if there is one.

    Raises:
        GradebookError: a student's name cannot be that of a folder; nothing is written for them.
        JailBroken: if submissions cannot be read in isolation.
    """
    with Jail([_ENGINE]) as jail:
        for standing, work in works:
            student, slug = standing.student, assignment.slug
            if student in ("", ".", "..") or any(c in student for c in "/\\\0"):
                raise GradebookError(f"{student!r} cannot be the name of a student in nbgrader.")
            read = _read(jail, work, question)
            page = notebook_bytes(_page(read, assignment, standing.counts.result))
            write_atomic(folder / "autograded" / student / slug / f"{slug}.ipynb", page)


def _read(jail: Jail, work: Submission, question: Question | None) -> dict[str, Any]:
    """What `written.cells.read` says in a fresh worker; a sentence if it did not get to its end."""
    asked = (question.text, question.placeholder) if question else ("", "")
    reply = ask(jail, _ORDER, "read", (work.source, work.kind, *asked))
    if not isinstance(reply, dict) or work.refusal:
        trouble = work.refusal or "This submission cannot be shown; look at the file."
        return {"trouble": trouble, "code": [], "answer": [], "figures": []}
    return reply


def _page(read: dict[str, Any], assignment: Assignment, result: Result) -> NotebookNode:
    said = {test["name"]: test["output"] for test in result.to_gradescope()["tests"]}
    code: dict[str, list[str]] = {}
    for tags, source in read["code"]:
        own = next((tag for tag in tags if tag in assignment.questions), "")
        code.setdefault(own, []).append(str(source))
    nodes = [new_markdown_cell(f"# {assignment.title}\n\n{result.remark}")]
    nodes += [new_code_cell(source) for source in code.get("", [])]
    for question, asked in assignment.questions.items():
        nodes.append(new_markdown_cell(f"## {question} · {asked.title}"))
        source = "\n\n\n".join(code.get(question, ["# no cell with this question's tag"]))
        nodes.append(marked(new_code_cell(source), solution_id(question), solution=True))
        for part in result.parts:
            if part.question == question:
                nodes.append(_tests(question, part.visibility, part.max_score, said[part.name]))
    if assignment.written:
        nodes += _written(read, assignment)
    notebook = assembled([_harmless(node) for node in nodes])
    del notebook.metadata["jupytext"]
    return notebook


def _tests(question: str, visibility: str, points: float, said: str) -> NotebookNode:
    output = new_output("stream", name="stdout", text=said)
    cell = new_code_cell(f"# {question}: {visibility} tests", outputs=[output])
    return marked(cell, grade_id(question, visibility), points=points)


def _written(read: dict[str, Any], assignment: Assignment) -> list[NotebookNode]:
    assert assignment.written is not None
    nodes = [new_markdown_cell(f"## {assignment.written.title}")]
    if read["figures"]:
        nodes.append(new_code_cell("# the notebook's figures", outputs=_pictures(read["figures"])))
    text: list[str] = [f"*{read['trouble']}*"] if read["trouble"] else []
    attachments: dict[str, dict[str, str]] = {}
    for kind, source, pictures in read["answer"]:
        text.append(str(source) if kind == "markdown" else f"```python\n{source}\n```")
        for name, data in dict(pictures).items():
            if kind == "markdown":
                attachments[str(name)] = {"image/png": base64.b64encode(data).decode()}
    answer = new_markdown_cell("\n\n".join(text), attachments=attachments)
    points = assignment.written.points
    return [*nodes, marked(answer, WRITTEN, points=points, solution=True)]


def _pictures(figures: Iterable[bytes]) -> list[NotebookNode]:
    return [
        new_output("display_data", {"image/png": base64.b64encode(data).decode()})
        for data in figures
    ]


def _harmless(node: NotebookNode) -> NotebookNode:
    """Markdown in which nothing is a tag: an invisible space comes after each `<` of one.

    Escaping would be seen in code and in formulas. Code cells are escaped by whoever shows them,
    and their outputs are made here.
    """
    if node.cell_type == "markdown":
        node.source = _TAG.sub("<\u200b", node.source)
    return node
