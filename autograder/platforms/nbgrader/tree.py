"""`dist/nbgrader/`: the course as a directory that stock nbgrader works with.

Each question becomes a solution cell and two cells of autograder tests, one with the points of the
public tests and one with those of the hidden tests. The hidden test file stands in the second as
text, between nbgrader's markers, and never runs among the student's names. Both return a number,
which nbgrader takes for partial credit, so that points are per test case.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder.authoring.bundle import Bundle
from autograder.authoring.packaging import constraints, engine_wheel, requirements, template
from autograder.authoring.source import (
    LIVE,
    Given,
    SourceError,
    assembled,
    build_starter,
    framed,
    given_cells,
    live_cell,
    notebook_bytes,
    read_cells,
    setup_place,
    setup_source,
)
from autograder.authoring.stripping import has_solution
from autograder.classroom.standing.standings import WRITTEN
from autograder.course import data
from autograder.course.model import COURSE_FILE, Assignment, Course, load_course
from autograder.grading.grader import load_tests
from autograder.ground.files import write_atomic

TEMPLATES = Path(__file__).with_name("templates")
CONFIG_FILE = "nbgrader_config.py"
SKIP = "skip-execution"
"""Tag of cells that nbgrader's autograder leaves out: figures and measurements, not graded."""

_LAST = """\
## Hidden tests

They are run when you have handed in, and decide the rest of the points."""

_MARKER = re.compile(r"\s*#\s*(BEGIN|END) SOLUTION\b.*$")


def grade_id(question: str, visibility: str) -> str:
    """nbgrader's name for the tests of a question: `q3-public`, `q3-hidden`."""
    return f"{question}-{visibility}"


def solution_id(question: str, number: int = 1) -> str:
    """nbgrader's name for a cell that the student writes: `q3-code`, `q3-code-2`."""
    return f"{question}-code" if number == 1 else f"{question}-code-{number}"


def course_id(course: Course) -> str:
    """nbgrader's name for the course."""
    return re.sub(r"\W+", "-", course.name.lower()).strip("-")


def part_points(bundle: Bundle) -> dict[tuple[str, str], float]:
    """Points of every test file, by question and visibility.

    Raises:
        SourceError: if they do not add up to what course.yml says.
    """
    found: dict[tuple[str, str], float] = {}
    for part in load_tests(bundle):
        found[part.question, part.visibility] = round(float(part.file.possible), 6)
    for key, question in bundle.assignment.questions.items():
        total = round(sum(p for (q, _), p in found.items() if q == key), 6)
        if total != question.points:
            slug = bundle.assignment.slug
            raise SourceError(
                f"{slug}, {key}: the test files give {total:g} points, {COURSE_FILE} says "
                f"{question.points:g}."
            )
    return found


# --- the tree ----------------------------------------------------------------------------------


def write_nbgrader(root: Path, slugs: list[str], out: Path) -> list[str]:
    """Write or update nbgrader's course directory. What nbgrader itself put there stays.

    Args:
        slugs: the assignments whose `source/<slug>/` is written.
        out: the course directory.
    Returns:
        Names of data that is left out because it is not on this machine yet.
    Raises:
        CourseError, SourceError, BundleError: in one sentence; nothing is written then.
    """
    course = load_course(root / COURSE_FILE)
    wheel_name, wheel = engine_wheel()
    needed = sorted(
        {line for a in course.assignments.values() for line in _lines(root, wheel_name, a)}
    )
    seconds = max(a.limits.submission_seconds for a in course.assignments.values())
    contents = {
        CONFIG_FILE: template(
            "nbgrader_config.py.jinja",
            TEMPLATES,
            course_id=json.dumps(course_id(course)),
            seconds=int(seconds),
        ).encode(),
        "requirements.txt": "".join(line + "\n" for line in needed).encode(),
        "constraints.txt": constraints(root).encode(),
        wheel_name: wheel,
    }
    left_out: list[str] = []
    for slug in slugs:
        files, missing = _source(root, course.assignment(slug))
        left_out += missing
        contents |= {f"source/{slug}/{name}": content for name, content in files.items()}
    for name, content in contents.items():
        write_atomic(out / name, content)
    return sorted(set(left_out))


def _lines(root: Path, wheel: str, assignment: Assignment) -> list[str]:
    return requirements(f"{wheel}[student,nbgrader]", assignment, constraints(root)).splitlines()


def _source(root: Path, assignment: Assignment) -> tuple[dict[str, bytes], list[str]]:
    """Files of `source/<slug>/`, and the names of data that is missing."""
    slug = assignment.slug
    starter = build_starter(root, slug)
    pair = {f"{slug}.py", f"{slug}.ipynb"}
    files = {name: content for name, content in starter.items() if name not in pair}
    files[f"{slug}.ipynb"] = notebook_bytes(source_notebook(root, slug))
    missing: list[str] = []
    for name in assignment.data:
        try:
            files |= data.packaged([name])
        except data.DataMissing:
            missing.append(name)
    return files, missing


# --- the notebook ------------------------------------------------------------------------------


def source_notebook(root: Path, slug: str) -> NotebookNode:
    """The instructor's version of an assignment's notebook, with nbgrader's cell metadata.

    Raises:
        CourseError, SourceError: for a mistake in what was written by hand.
    """
    bundle = Bundle.from_course(root, slug)
    given = given_cells(bundle.assignment, read_cells(root, slug))
    nodes = list(_cells(bundle, given))
    setup = live_cell(setup_source(bundle.assignment))
    place = setup_place(nodes)
    nodes.insert(place, marked(setup, "setup", locked=True))
    for node in nodes[place + 1 :]:
        if LIVE in node.metadata.get("tags", []) and "nbgrader" not in node.metadata:
            node.metadata["tags"] = [*node.metadata["tags"], SKIP]
    notebook = assembled(framed(bundle.assignment, nodes))
    del notebook.metadata["jupytext"]  # a script beside it would be handed in and never graded
    return notebook


def _cells(bundle: Bundle, given: list[Given]) -> Iterator[NotebookNode]:
    points = part_points(bundle)
    last = {part.question: i for i, part in enumerate(given) if part.question}
    written = [g.cell.node.source for g in given if "solution" in g.cell.tags]
    written += [f"**{r.item}.** {r.sample}" for r in bundle.assignment.rubric if r.sample]
    solved = dict.fromkeys(bundle.assignment.questions, 0)
    for i, part in enumerate(given):
        question, node = part.question, part.cell.node
        if "answer" in part.cell.tags:
            yield _written(bundle.assignment, part, "\n\n".join(written))
        elif question and part.cell.is_code and has_solution(node.source):
            solved[question] += 1
            yield _solution(part, question, solved[question])
        elif part.node is not None:
            yield part.node
        if question and last[question] == i:
            yield _public_tests(question, points[question, "public"])
    # At the end, where everything is defined: a function may use one of a later question.
    yield new_markdown_cell(_LAST)
    for question in bundle.hidden:
        yield _hidden_tests(bundle, question, points[question, "hidden"])


def _solution(part: Given, question: str, number: int) -> NotebookNode:
    """The stub as every student receives it; the solution, which nbgrader removes, defines the
    same names again below it."""
    lines = [_MARKER.sub("", line) for line in part.cell.node.source.splitlines()]
    stub = part.node.source + "\n\n\n" if part.node is not None else ""
    solution = "\n".join(lines).strip("\n")
    source = f"{stub}### BEGIN SOLUTION\n{solution}\n### END SOLUTION"
    cell = new_code_cell(source, metadata={"tags": [question]})
    return marked(cell, solution_id(question, number), solution=True)


def _public_tests(question: str, points: float) -> NotebookNode:
    cell = live_cell(f'grader.grade("{question}")')
    return marked(cell, grade_id(question, "public"), points=points)


def _hidden_tests(bundle: Bundle, question: str, points: float) -> NotebookNode:
    total = bundle.assignment.questions[question].points
    source = (
        f"# Hidden tests decide {points:g} of the {total:g} points of {question}.\n"
        "### BEGIN HIDDEN TESTS\n"
        f'grader.grade("{question}", {_literal(bundle.hidden[question])})\n'
        "### END HIDDEN TESTS"
    )
    return marked(live_cell(source), grade_id(question, "hidden"), points=points)


def _literal(source: str) -> str:
    """A test file as a Python literal that can be read, line by line."""
    literal = f"r'''\n{source}'''"
    try:
        readable = ast.literal_eval(literal) == "\n" + source
    except (SyntaxError, ValueError):
        readable = False
    return literal if readable and "TESTS" not in source else ascii("\n" + source)


def _written(assignment: Assignment, part: Given, model: str) -> NotebookNode:
    if assignment.written is None:
        raise part.cell.error(f"the cell is tagged `answer`, but {COURSE_FILE} has no `written`")
    source = f"{part.cell.node.source}\n\n### BEGIN SOLUTION\n{model}\n### END SOLUTION"
    cell = new_markdown_cell(source, metadata={"tags": ["answer"]})
    return marked(cell, WRITTEN, points=assignment.written.points, solution=True)


def marked(
    cell: NotebookNode,
    name: str,
    *,
    points: float | None = None,
    solution: bool = False,
    locked: bool = False,
) -> NotebookNode:
    """The cell with nbgrader's metadata; tests and what is `locked` are restored when graded."""
    cell.metadata["nbgrader"] = {
        "schema_version": 3,
        "grade_id": name,
        "grade": points is not None,
        "solution": solution,
        "locked": locked or (points is not None and not solution),
        "task": False,
        **({"points": points} if points is not None else {}),
        "cell_type": cell.cell_type,
    }
    return cell
