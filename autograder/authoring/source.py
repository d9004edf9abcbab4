"""The percent script of an assignment → what a student receives, and the solution as a notebook."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import jupytext
import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder.authoring.packaging import template
from autograder.authoring.stripping import StripError, has_solution, strip_cell
from autograder.authoring.stubs import require_stubs
from autograder.course.layout import (
    SourceError,
    read_files,
    read_tests,
    read_text,
    solution_path,
    starter_path,
)
from autograder.course.model import COURSE_FILE, Assignment, load_course
from autograder.course.modules import declared
from autograder.course.parts import GRADER, HAND_IN, PERCENT
from autograder.ground.files import read_tree, write_atomic

__all__ = [
    "LIVE",
    "Cell",
    "Given",
    "SourceError",
    "assembled",
    "build_starter",
    "check_starter",
    "framed",
    "given_cells",
    "live_cell",
    "notebook_bytes",
    "read_cells",
    "setup_place",
    "setup_source",
    "solution_notebook",
    "write_starter",
]

LIVE = "active-ipynb"
"""Tag of a cell that runs in the notebook and is a comment in the script."""

WRITTEN = "written"
"""Tag of the question that people grade."""

_LAST = f"""\
{HAND_IN}

The first cell shows your points so far. The second one saves this notebook, writes the file to
hand in, and says what is in it."""

_CELL = re.compile(r"#\s*%%($|\s)")
_METADATA = {
    "jupytext": {
        # No "formats": JupyterLab refuses to open one of a pair that is older than the other.
        "comment_magics": False,
        # Another version of Jupytext is no reason for another file.
        "notebook_metadata_filter": "-jupytext.text_representation.jupytext_version",
    },
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


@dataclass(frozen=True)
class Cell:
    """A cell of the source with its place, for messages."""

    node: NotebookNode
    file: str
    line: int

    @property
    def tags(self) -> list[str]:
        return list(self.node.metadata.get("tags", []))

    @property
    def is_code(self) -> bool:
        return bool(self.node.cell_type == "code")

    def error(self, problem: str, line_in_cell: int = 0) -> SourceError:
        """A mistake in this cell; `line_in_cell` counts from 1, 0 is the cell's own line."""
        first = next((line for line in self.node.source.splitlines() if line.strip()), "empty")
        cell = "" if line_in_cell else f" (the cell that starts with `{first.strip()}`)"
        return SourceError(f"{self.file}, line {self.line + line_in_cell}{cell}: {problem}.")


@dataclass(frozen=True)
class Given:
    """A cell of the source, and what of it a student receives.

    Attributes:
        question: the one that the cell is tagged with, if any.
        node: the cell without its solution; None if nothing of it is for students.
    """

    cell: Cell
    question: str | None
    node: NotebookNode | None


# --- the student's folder ----------------------------------------------------------------------


def build_starter(root: Path, slug: str) -> dict[str, bytes]:
    """Everything in a student's folder, by relative path; nothing is written.

    Raises:
        CourseError: for a mistake in course.yml, or an assignment that it does not have.
        SourceError: for a mistake in the solution script, the tests or the files; also if a name
            that a question asks for would be handed out.
    """
    course = load_course(root / COURSE_FILE)
    assignment = course.assignment(slug)
    notebook = _starter_notebook(assignment, read_cells(root, slug))
    script = jupytext.writes(notebook, fmt=PERCENT)
    path = solution_path(root, slug)
    shown = path.relative_to(root).as_posix()
    for received in (script, _code_of(notebook)):
        require_stubs(assignment, read_text(root, path), received, shown)
    files = read_files(root, slug)
    contents = {
        f"{slug}.py": script.encode(),
        f"{slug}.ipynb": notebook_bytes(notebook),
        "tests/.points.json": _points(assignment, course.python, sorted(files)),
    }
    for question, test in read_tests(root, assignment, "public").items():
        contents[f"tests/{question}.py"] = test.encode()
    return dict(sorted((contents | files).items()))


def write_starter(root: Path, slug: str) -> list[str]:
    """Bring `starter/<slug>/` up to date, and remove what does not belong there.

    Returns:
        Paths that changed, relative to `root`. Nothing is written if there is a mistake anywhere.
    """
    wanted, folder = build_starter(root, slug), starter_path(root, slug)
    changed = [name for name, data in wanted.items() if write_atomic(folder / name, data)]
    for name in read_tree(folder).keys() - wanted.keys():
        (folder / name).unlink()
        changed.append(name)
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    return [f"starter/{slug}/{name}" for name in sorted(changed)]


def check_starter(root: Path, slug: str) -> list[str]:
    """What is out of date in `starter/<slug>/`, one phrase per file; [] if nothing is."""
    wanted, found = build_starter(root, slug), read_tree(starter_path(root, slug))
    differences = []
    for name in sorted(wanted.keys() | found.keys()):
        if name not in found:
            problem = "is missing"
        elif name not in wanted:
            problem = "is not generated from the source"
        elif wanted[name] != found[name].replace(b"\r\n", b"\n") and wanted[name] != found[name]:
            problem = "differs from its source"
        else:
            continue
        differences.append(f"starter/{slug}/{name} {problem}")
    return differences


def _points(assignment: Assignment, python: str, files: list[str]) -> bytes:
    """What a student's check needs to know of course.yml: hidden points, rules and limits."""
    plan: dict[str, dict[str, object]] = {
        key: {
            "title": question.title,
            "points": question.points,
            "names": question.names,
            "forbid": question.forbid,
        }
        for key, question in assignment.questions.items()
    }
    if assignment.written:
        written = assignment.written
        plan["written"] = {"title": written.title, "points": written.points, "manual": True}
    limits = assignment.limits.model_dump(include={"call_seconds", "case_seconds", "load_seconds"})
    imports = sorted(declared(assignment))
    plan[GRADER] = {"python": python, "files": files, "imports": imports, **limits}
    return (json.dumps(plan, indent=1, ensure_ascii=False) + "\n").encode()


# --- the notebook ------------------------------------------------------------------------------


def solution_notebook(root: Path, slug: str) -> bytes:
    """The solution script as a notebook, with the cells that are comments in the script live."""
    return notebook_bytes(assembled([cell.node for cell in read_cells(root, slug)]))


def _code_of(notebook: NotebookNode) -> str:
    """The code that a notebook shares with its script."""
    live = (LIVE in cell.metadata.get("tags", []) for cell in notebook.cells)
    cells = zip(notebook.cells, live, strict=True)
    return "\n\n".join(c.source for c, is_live in cells if c.cell_type == "code" and not is_live)


def _starter_notebook(assignment: Assignment, cells: Sequence[Cell]) -> NotebookNode:
    kept = [
        (given.node, given.question)
        for given in given_cells(assignment, cells)
        if given.node is not None
    ]
    last = {question: i for i, (_, question) in enumerate(kept) if question}
    nodes = []
    for i, (node, question) in enumerate(kept):
        nodes.append(node)
        if question and last[question] == i:
            nodes.append(live_cell(f'grader.check("{question}")'))
    nodes.insert(setup_place(nodes), live_cell(setup_source(assignment)))
    nodes = framed(assignment, nodes)
    nodes += [
        new_markdown_cell(_LAST),
        live_cell("grader.progress()"),
        live_cell("grader.submit()"),
    ]
    return assembled(nodes)


def setup_source(assignment: Assignment) -> str:
    """The cell that offers `grader` to all that follow."""
    return f'from autograder.notebook import Notebook\n\ngrader = Notebook("{assignment.slug}")'


def setup_place(nodes: Sequence[NotebookNode]) -> int:
    """Where the grader's cell goes. It imports NumPy: live cells under the title come before it,
    for they set what has to be set before that, such as the number of BLAS threads."""
    place = 1 if nodes and nodes[0].cell_type == "markdown" else 0
    while place < len(nodes) and LIVE in nodes[place].metadata.get("tags", []):
        place += 1
    return place


def framed(assignment: Assignment, nodes: Sequence[NotebookNode]) -> list[NotebookNode]:
    """The cells with what course.yml adds: what to know, below the title, and what to read on,
    above the written question (all that is below it is the answer)."""
    made = list(nodes)
    if assignment.read_on:
        tagged = (i for i, node in enumerate(made) if WRITTEN in node.metadata.get("tags", []))
        cell = new_markdown_cell(template("read_on.md.jinja", assignment=assignment).strip())
        made.insert(next(tagged, len(made)), cell)
    if assignment.before:
        cell = new_markdown_cell(template("before.md.jinja", assignment=assignment).strip())
        made.insert(1 if made and made[0].cell_type == "markdown" else 0, cell)
    return made


def given_cells(assignment: Assignment, cells: Sequence[Cell]) -> list[Given]:
    """Every cell of the source, with what of it is for students.

    Raises:
        SourceError: for a wrong tag or marker, and for a question without a marked solution.
    """
    questions = {id(cell): _question(cell, assignment) for cell in cells}
    _require_solutions(assignment, cells, questions)
    given = []
    for cell in cells:
        node = _stripped(cell, questions[id(cell)])
        if node is not None and WRITTEN in cell.tags and assignment.rubric:
            node = _with_points(node, assignment)
        given.append(Given(cell, questions[id(cell)], node))
    return given


def _with_points(written: NotebookNode, assignment: Assignment) -> NotebookNode:
    """The written question with what its points are for; never with a sample answer."""
    points = template("rubric.md.jinja", assignment=assignment).strip()
    text = f"{written.source}\n\n{points}"
    node: NotebookNode = new_markdown_cell(text, metadata=written.metadata)
    return node


def _question(cell: Cell, assignment: Assignment) -> str | None:
    """The question that a cell is tagged with, if any."""
    tagged = [tag for tag in cell.tags if re.fullmatch(r"[qQ]\d+", tag)]
    for tag in tagged:
        if tag not in assignment.questions:
            known = ", ".join(assignment.questions)
            raise cell.error(f"the tag `{tag}` names no question of {COURSE_FILE}: {known}")
    if len(tagged) > 1:
        raise cell.error(f"a cell belongs to one question, not to {' and '.join(tagged)}")
    if not tagged and cell.is_code and "solution" not in cell.tags:
        if has_solution(cell.node.source):
            raise cell.error('a solution needs the tag of its question: `# %% tags=["q1"]`')
        return None
    return tagged[0] if tagged else None


def _require_solutions(
    assignment: Assignment, cells: Sequence[Cell], questions: dict[int, str | None]
) -> None:
    """A question without a marked solution would hand the solution out."""
    solved = {questions[id(c)] for c in cells if c.is_code and has_solution(c.node.source)}
    for question in assignment.questions:
        if question not in solved:
            file = cells[0].file if cells else "the solution"
            problem = f"no code cell tagged `{question}` has a `# BEGIN SOLUTION`"
            raise SourceError(f"{file}: {problem}.")


def _stripped(cell: Cell, question: str | None) -> NotebookNode | None:
    """The cell as a student receives it, or None if nothing of it is for students."""
    if "solution" in cell.tags:
        return None
    if not cell.is_code or question is None or not has_solution(cell.node.source):
        return cell.node
    try:
        source = strip_cell(cell.node.source, question)
    except StripError as error:
        raise cell.error(str(error), error.line) from None
    if not source.strip():
        return None
    return _code(source, cell.node.metadata)


def live_cell(source: str) -> NotebookNode:
    """A cell that runs in the notebook and is a comment in the script."""
    return _code(source, {"tags": [LIVE]})


def _code(source: str, metadata: Mapping[str, object]) -> NotebookNode:
    cell: NotebookNode = new_code_cell(source, metadata=metadata)
    return cell


def assembled(cells: Sequence[NotebookNode]) -> NotebookNode:
    """A valid notebook whose cell ids depend on the cells alone."""
    seen: Counter[str] = Counter()
    for cell in cells:
        cell.metadata.pop("lines_to_next_cell", None)
        digest = hashlib.sha256(f"{cell.cell_type}\n{cell.source}".encode()).hexdigest()[:8]
        cell.id = f"{digest}-{seen[digest]}" if seen[digest] else digest
        seen[digest] += 1
    metadata = nbformat.from_dict(_METADATA)
    notebook: NotebookNode = nbformat.v4.new_notebook(cells=list(cells), metadata=metadata)
    notebook.nbformat_minor = 5
    nbformat.validate(notebook)
    return notebook


def notebook_bytes(notebook: NotebookNode) -> bytes:
    """A notebook as a file."""
    text: str = nbformat.writes(notebook)
    return (text.rstrip("\n") + "\n").encode()


# --- reading -----------------------------------------------------------------------------------


def read_cells(root: Path, slug: str) -> list[Cell]:
    """The cells of an assignment's solution script.

    Raises:
        SourceError: if it is missing, or not a percent script.
    """
    path = solution_path(root, slug)
    file, text = path.relative_to(root).as_posix(), read_text(root, path)
    try:
        nodes = jupytext.reads(text, fmt=PERCENT).cells
    except Exception as error:  # whatever Jupytext's parsers and nbformat's validation raise
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise SourceError(f"{file} is not a percent script: {reason}.") from None
    cells = [Cell(n, file, line) for n, line in zip(nodes, _lines(text, len(nodes)), strict=True)]
    for cell in cells:
        _refuse_live_code(cell, text.splitlines())
    return cells


def _lines(text: str, count: int) -> Iterator[int]:
    """Line of each cell's `# %%`. What stands before the first one is a cell of its own."""
    found = [i for i, line in enumerate(text.splitlines(), 1) if _CELL.match(line)]
    if len(found) < count:
        found = [0] * (count - len(found)) + found
    yield from found[:count]


def _refuse_live_code(cell: Cell, lines: list[str]) -> None:
    """A live cell that is no comment would run whenever the solution is imported."""
    if not (cell.is_code and LIVE in cell.tags):
        return
    for number, line in enumerate(lines[cell.line :], 1):
        if _CELL.match(line):
            return
        if line.strip() and not line.startswith("#"):
            raise cell.error(f"the code of a cell tagged {LIVE} must be commented out", number)
