"""No solution leaves the house: every name that a question asks for is a stub in what students get.

Judged on the generated source, so that it does not matter which marker was forgotten.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from autograder.course.layout import SourceError
from autograder.course.model import COURSE_FILE, Assignment
from autograder.ground.suggestions import did_you_mean

Function = ast.FunctionDef | ast.AsyncFunctionDef
Definition = Function | ast.ClassDef

BEGIN, END = "# BEGIN SOLUTION", "# END SOLUTION"
_GIVEN = re.compile(r"#\s*given\b")


def require_stubs(assignment: Assignment, solution: str, given: str, file: str) -> None:
    """Refuse a question whose names are not all stubs in what is handed out.

    A function's body is its docstring and a `raise NotImplementedError`. A class has such methods;
    one that students receive whole says so by the comment `# given` behind its `def`.

    Args:
        solution: source of the reference solution.
        given: source that students receive of it.
        file: what the solution is called in messages.

    Raises:
        SourceError: with the line of the first definition that would be handed out.
    """
    solved = Source(solution, file)
    received = Source(given, f"what students get of {file}")
    for question, asked in assignment.questions.items():
        for name in asked.names:
            if not solved.definitions(name):
                problem = f"{question} asks for `{name}`, which {file} does not define"
                hint = did_you_mean(name, solved.all_names())
                raise SourceError(f"{COURSE_FILE}: {problem}.{hint}")
            for problem, place in _handed_out(name, solved, received):
                line = solved.line(place)
                raise SourceError(f"{file}, line {line}: {question}: {problem}.")


class Source:
    """The definitions of a module by their dotted names."""

    def __init__(self, text: str, file: str) -> None:
        try:
            self.tree = ast.parse(text)
        except SyntaxError as error:
            where = f"{file}, line {error.lineno}"
            raise SourceError(f"{where}: this is not Python: {error.msg}.") from None
        self._lines = text.splitlines()

    def all_names(self) -> list[str]:
        """Functions and classes at the top level."""
        return [node.name for node in self.tree.body if isinstance(node, Definition)]

    def definitions(self, name: str) -> list[Definition]:
        """Every definition of a function or class at the top level, in order."""
        return [n for n in self.tree.body if isinstance(n, Definition) and n.name == name]

    def line(self, dotted: str) -> int:
        """The line where `CSRMatrix.matvec` is defined, or the last of what is around it."""
        first, *_ = dotted.split(".")
        line = 1
        for node in self.definitions(first):
            for name, function in functions(first, node):
                if name == dotted:
                    return function.lineno
            line = node.lineno
        return line

    def is_given(self, function: Function) -> bool:
        """Whether its author says that students receive it whole."""
        end = max(function.lineno, function.body[0].lineno - 1)
        return any(_GIVEN.search(line) for line in self._lines[function.lineno - 1 : end])


def functions(name: str, node: Definition) -> Iterator[tuple[str, Function]]:
    """A function, or the methods of a class and of the classes in it, by their dotted names."""
    if not isinstance(node, ast.ClassDef):
        yield name, node
        return
    for inner in node.body:
        if isinstance(inner, Definition):
            yield from functions(f"{name}.{inner.name}", inner)


def body(function: Function) -> list[ast.stmt]:
    """What a function does: its body without the docstring."""
    return function.body[1:] if ast.get_docstring(function) is not None else function.body


def _handed_out(name: str, solved: Source, received: Source) -> Iterator[tuple[str, str]]:
    """What is wrong with a name in what students get, and the dotted name where it is."""
    found = received.definitions(name)
    if not found:
        yield f"`{name}` is not in what students get; its signature stays outside of a marker", name
    secret = {
        ast.unparse(statement)
        for definition in solved.definitions(name)
        for _, function in functions(name, definition)
        if not solved.is_given(function)
        for statement in _statements(function)
    }
    for definition in found:
        stubs = 0
        for dotted, function in functions(name, definition):
            if _is_stub(function):
                stubs += 1
                left = [s for s in _statements(function) if ast.unparse(s) in secret]
                if left:
                    shown = ast.unparse(left[0]).splitlines()[0][:60]
                    yield (
                        f"`{shown}` of `{dotted}` would be handed out; mark its whole body",
                        dotted,
                    )
            elif dotted == name:
                yield f"`{dotted}` would be handed out; mark its body as the solution", dotted
            elif not received.is_given(function) and not _is_empty(function):
                yield (
                    f"`{dotted}` would be handed out; mark its body as the solution, or write "
                    "`# given` behind its `def` if students receive it",
                    dotted,
                )
        if not stubs:
            yield f"nothing in `{name}` is left to write", name


def _is_stub(function: Function) -> bool:
    return any(_raises_not_implemented(statement) for statement in body(function))


def _raises_not_implemented(node: ast.stmt) -> bool:
    if not isinstance(node, ast.Raise) or node.exc is None:
        return False
    error = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
    return isinstance(error, ast.Name) and error.id == "NotImplementedError"


def _is_empty(function: Function) -> bool:
    return all(isinstance(s, ast.Pass) or _is_ellipsis(s) for s in body(function))


def _is_ellipsis(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _statements(function: Function) -> Iterator[ast.stmt]:
    """What of a function must not be handed out, one statement at a time."""
    for statement in body(function):
        if not (_raises_not_implemented(statement) or _is_ellipsis(statement)):
            yield statement


def marked_lines(source: str) -> set[int]:
    """The lines between Otter's solution markers, counted from 1."""
    marked, inside = set(), False
    for number, line in enumerate(source.splitlines(), 1):
        if line.strip().startswith(END):
            inside = False
        if inside:
            marked.add(number)
        if line.strip().startswith(BEGIN):
            inside = True
    return marked
