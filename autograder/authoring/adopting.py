"""From another tool's notebook to our source and tests: what both imports share.

What the notebook asks for becomes a percent script, its tests become test files in which a probe
runs the test's code beside the student's, and the judge compares what it printed.
"""

from __future__ import annotations

import ast
import builtins
import re
import symtable
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import jupytext
import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from rich.console import Console

from autograder.authoring.founding import WEEKS, add_assignment
from autograder.authoring.packaging import TEMPLATES, template
from autograder.authoring.source import LIVE, WRITTEN
from autograder.authoring.stubs import Function, body
from autograder.ground.errors import UserError
from autograder.jail.rules import defined_names

_LINE = re.compile(r"\s*#+\s*SOLUTION(\s+NO\s+PROMPT)?\s*$")
_BEGIN = re.compile(r"^\s*#+\s*BEGIN\s+SOLUTION(\s+NO\s+PROMPT)?\s*$", re.IGNORECASE)
_END = re.compile(r"^\s*#+\s*END\s+SOLUTION\s*$", re.IGNORECASE)
_PROMPT = re.compile(r"^\s*(\"\"\")?\s*#\s*BEGIN\s+PROMPT\s*$", re.IGNORECASE)
_PROMPT_END = re.compile(r"^\s*(\"\"\")?\s*;?\s*#\s*END\s+PROMPT\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Case:
    """A test of the other tool.

    Attributes:
        code: runs beside the student's code.
        want: what it must print, the value of a last expression included; "" is nothing.
        message: for students when it fails.
    """

    name: str
    code: str
    want: str
    points: float
    hidden: bool
    message: str = ""


@dataclass
class Asked:
    """A question of the other tool, and what of it is carried over."""

    name: str
    title: str = ""
    names: list[str] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)


@dataclass
class Adopted:
    """An assignment on its way: cells of the source, questions, and what could not be kept.

    Attributes:
        lost: a sentence each, with the number of the cell.
    """

    title: str = ""
    cells: list[NotebookNode] = field(default_factory=list)
    questions: list[Asked] = field(default_factory=list)
    written: list[tuple[str, float]] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    def give(self, cell: NotebookNode) -> None:
        """Hand a cell to students as it is; code that does more than define is live."""
        if cell.cell_type == "markdown":
            heading = re.match(r"#\s+(.+)", cell.source)
            if heading and not self.title:
                self.title = heading[1].strip()
            self.cells.append(new_markdown_cell(cell.source))
        elif cell.cell_type == "code" and cell.source.strip():
            tags = [] if _only_defines(cell.source) else [LIVE]
            self.cells.append(new_code_cell(cell.source, metadata={"tags": tags} if tags else {}))

    def solve(self, number: int, source: str, question: Asked, *, whole: bool = False) -> None:
        """Take a cell with a solution into the source.

        Args:
            number: of the cell, for messages.
            whole: all of it is the solution, marked or not.
        """
        marked = mark(source, whole=whole)
        self.lost += [f"cell {number}: {problem}" for problem in marked.problems]
        question.names += [n for n in marked.names if n not in question.names]
        key = f"q{len(self.questions) + 1}"
        self.cells.append(new_code_cell(marked.source, metadata={"tags": [key]}))

    def keep(self, question: Asked, number: int, start: int) -> None:
        """Take a question that is complete, or say why it is left out.

        Args:
            number: of the cell where it begins.
            start: of its cells in `cells`.
        """
        problem = ""
        if not question.names:
            problem = "no function or class of it is marked as the solution; ours ask for those"
        elif sum(case.points for case in question.cases) <= 0:
            problem = "it has no tests that give points"
        if problem:
            self.lost.append(f"cell {number}: question {question.name} is left out: {problem}.")
            kept = [c for c in self.cells[start:] if c.cell_type == "markdown"]
            self.cells[start:] = kept
        else:
            self.questions.append(question)

    def write(self, root: Path, slug: str) -> list[str]:
        """Write the assignment into a course, and say which files.

        Raises:
            CourseError, UserError: nothing is written then.
        """
        cells = [*self.cells, *self._written_cells()]
        script: str = jupytext.writes(new_notebook(cells=cells), fmt="py:percent")
        script = re.sub(r"\A# ---\n.*?# ---\n+", "", script, flags=re.DOTALL)
        contents = {f"solutions/{slug}/{slug}.py": script}
        known = _defined(cells)
        for number, question in enumerate(self.questions, 1):
            for visibility in ("public", "hidden"):
                hidden = visibility == "hidden"
                cases = [c for c in question.cases if c.hidden is hidden]
                if cases or not hidden:
                    path = f"assignments/{slug}/{visibility}/q{number}.py"
                    contents[path] = _test_file(f"q{number}", question, cases, hidden, known)
        entry = template(
            "adopted.yml.jinja",
            TEMPLATES / "assignment",
            slug=slug,
            title=self.title or slug,
            questions=self.questions,
            written=self.written,
            total=sum(points for _, points in self.written),
            released=date.today(),
            due=date.fromordinal(date.today().toordinal() + 7 * WEEKS),
        )
        add_assignment(root, slug, entry, contents)
        return list(contents)

    def _written_cells(self) -> list[NotebookNode]:
        if not self.written:
            return []
        text = "\n\n".join(text for text, _ in self.written)
        return [
            new_markdown_cell(text, metadata={"tags": [WRITTEN]}),
            new_markdown_cell("*Your answer*", metadata={"tags": ["answer"]}),
        ]


def tell(adopted: Adopted, slug: str, console: Console) -> int:
    """Say what could not be kept. Returns an exit code."""
    if adopted.lost:
        console.print("Not carried over:")
    for line in adopted.lost:
        console.print(f"  {line}", markup=False, highlight=False, soft_wrap=True)
    points = sum(case.points for question in adopted.questions for case in question.cases)
    console.print(
        f"{len(adopted.questions)} questions, {points:g} points. Now: dates in course.yml, then "
        f"`autograder build {slug}`.",
        highlight=False,
        soft_wrap=True,
    )
    return 1 if adopted.lost else 0


def read_notebook(path: Path) -> Any:
    """A notebook.

    Raises:
        UserError: if it is missing or none, in one sentence.
    """
    try:
        return nbformat.read(path, as_version=4)
    except FileNotFoundError:
        raise UserError(f"{path} does not exist.") from None
    except Exception:  # whatever nbformat's readers and validation raise
        raise UserError(f"{path} is not a Jupyter notebook that can be read.") from None


# --- solutions ---------------------------------------------------------------------------------


@dataclass
class Marked:
    """Code with our markers, the names that students write in it, and what could not be kept."""

    source: str
    names: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def mark(source: str, *, whole: bool = False) -> Marked:
    """Put our markers around the whole body of every function that holds a part of a solution.

    Args:
        source: code with Otter's markers (`# SOLUTION`, `# BEGIN SOLUTION`) or nbgrader's.
        whole: all of it is the solution.
    """
    lines, solution, problems = _without_markers(_on_lines_of_their_own(source))
    text = "\n".join(lines)
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return Marked("", [], ["a solution that is not Python alone (a magic?) is left out."])
    if whole:
        solution = set(range(1, len(lines) + 1))
    inserted: list[tuple[int, str]] = []  # after so many lines
    names: list[str] = []
    for node in tree.body:
        if not solution.intersection(range(node.lineno, (node.end_lineno or 0) + 1)):
            continue
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.append(node.name)
            for function in _functions(node):
                inside = range(function.lineno, (function.end_lineno or 0) + 1)
                if whole or solution.intersection(inside):
                    inserted += _around_body(function)
                else:
                    lines[function.lineno - 1] += "  # given"
        else:
            shown = lines[node.lineno - 1].strip()[:50]
            problems.append(f"`{shown}` is a solution outside of a function: students get no stub.")
            first = node.lineno - 1
            inserted += [(first, "# BEGIN SOLUTION NO PROMPT"), (node.end_lineno or 0, _END_MARK)]
    for after, line in sorted(inserted, key=lambda i: i[0], reverse=True):
        lines.insert(after, line)
    return Marked("\n".join(lines).strip("\n"), names, problems)


_END_MARK = "# END SOLUTION"


def _on_lines_of_their_own(source: str) -> str:
    """Code in which no function's body begins on the line of its `def`."""
    lines = source.splitlines()
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return source
    for node in ast.walk(tree):
        if isinstance(node, Function) and node.body[0].lineno == node.lineno:
            line, column = lines[node.lineno - 1], node.body[0].col_offset
            indent = " " * (node.col_offset + 4)
            lines[node.lineno - 1] = f"{line[:column].rstrip()}\n{indent}{line[column:]}"
    return "\n".join(lines)


def _without_markers(source: str) -> tuple[list[str], set[int], list[str]]:
    """Lines without markers, the numbers (from 1) of those that are a solution, what is lost."""
    lines: list[str] = []
    solution: set[int] = set()
    problems: list[str] = []
    inside, prompt = False, False
    for line in source.splitlines():
        if _PROMPT.match(line) or _PROMPT_END.match(line):
            if _PROMPT.match(line):
                problems.append("a prompt is not carried over: students get a stub.")
            prompt = _PROMPT.match(line) is not None
        elif _BEGIN.match(line) or _END.match(line):
            inside = _BEGIN.match(line) is not None
        elif not prompt:
            lines.append(_LINE.sub("", line))
            if inside or _LINE.search(line):
                solution.add(len(lines))
    return lines, solution, problems


def _functions(node: ast.stmt) -> Iterator[Function]:
    if isinstance(node, ast.ClassDef):
        for inner in node.body:
            yield from _functions(inner)
    elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        yield node


def _around_body(function: Function) -> list[tuple[int, str]]:
    """Markers around a function's body, its docstring excepted: after so many lines, the line."""
    statements = body(function)
    if not statements:
        return []
    first = statements[0].lineno
    indent = " " * statements[0].col_offset
    last = max(s.end_lineno or s.lineno for s in statements)
    return [(first - 1, f"{indent}# BEGIN SOLUTION"), (last, f"{indent}{_END_MARK}")]


def _only_defines(source: str) -> bool:
    """Whether code can stand in a script that must have no effect when it is imported."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return False
    quiet = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    loud = {"open", "print", "input", "plt", "pd", "display"}
    for node in tree.body:
        assigns = isinstance(node, (ast.Assign, ast.AnnAssign)) and not any(
            isinstance(n, ast.Name) and n.id in loud for n in ast.walk(node)
        )
        text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if not (isinstance(node, quiet) or assigns or text):
            return False
    return True


# --- tests -------------------------------------------------------------------------------------


def _defined(cells: Sequence[NotebookNode]) -> set[str]:
    """The names that a submission has: what its cells define and import."""
    names: set[str] = set()
    for cell in cells:
        if cell.cell_type != "code" or LIVE in cell.metadata.get("tags", []):
            continue
        for node in ast.parse(cell.source).body:
            names |= set(defined_names(node))
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                names |= {(a.asname or a.name).partition(".")[0] for a in node.names}
    return names


def used_names(code: str) -> set[str]:
    """The names that code takes from around it."""
    table = symtable.symtable(code, "test", "exec")

    def taken(scope: symtable.SymbolTable, top: bool) -> Iterator[str]:
        for symbol in scope.get_symbols():
            free = symbol.is_global() or (top and not symbol.is_assigned())
            if free and symbol.is_referenced() and not symbol.is_imported():
                yield symbol.get_name()
        for child in scope.get_children():
            yield from taken(child, False)

    own = {s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()}
    return {n for n in taken(table, True) if not hasattr(builtins, n)} - own


def _test_file(
    key: str, question: Asked, cases: Sequence[Case], hidden: bool, known: set[str]
) -> str:
    name = f"{key} (hidden)" if hidden else key
    made = [
        {
            "name": case.name,
            "points": case.points,
            "message": case.message or ("Look at the task again." if hidden else ""),
            "number": number,
            "names": sorted(used_names(case.code) & known),
            "code": _probe_body(case.code),
            "want": case.want,
        }
        for number, case in enumerate(cases, 1)
    ]
    return template(
        "adopted_test.py.jinja",
        TEMPLATES / "assignment",
        title=question.title or question.name,
        part=name,
        cases=made,
        points=sum(case.points for case in cases),
        hidden=hidden,
    )


def _probe_body(code: str) -> str:
    """The code, with the value of its last expression printed as an interpreter would."""
    tree = ast.parse(code)
    last = tree.body[-1] if tree.body else None
    if isinstance(last, ast.Expr):
        value = ast.unparse(last.value)
        kept = ast.unparse(ast.Module(tree.body[:-1], []))
        code = f"{kept}\nvalue = {value}\nif value is not None:\n    print(repr(value))"
    return "\n".join(f"            {line}" if line else "" for line in code.strip().splitlines())
