"""From a solution's code to a student's stub. The stripping itself is Otter's."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from otter.assign.solutions import replace_solutions

_MARKER = re.compile(r"#\s*(BEGIN|END)?\s*SOLUTION\b")
_LOOKS_LIKE_MARKER = re.compile(r"#\s*(begin|end)[ _-]*(solution|prompt)", re.IGNORECASE)
_GIVEN = "  # given to the student"  # keeps an author's own `...` apart from Otter's


Functions = list[tuple[str, range]]
"""Dotted names of functions and methods, each with its lines."""


class StripError(Exception):
    """Why a cell cannot be stripped; `line` counts from 1 inside the cell."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def has_solution(source: str) -> bool:
    """Whether the code contains one of Otter's solution markers, or what is meant to be one."""
    return bool(_MARKER.search(source) or _LOOKS_LIKE_MARKER.search(source))


def strip_cell(source: str, question: str) -> str:
    """The code as a student receives it: every solution block becomes a stub that says so.

    Args:
        source: one code cell with Otter's markers.
        question: named in the stub's message, "q3: matmul_blocked is not written yet".
    Raises:
        StripError: for markers that do not match, and for what does not parse after stripping.
    """
    lines = [line + _GIVEN if line.strip() == "..." else line for line in source.splitlines()]
    try:
        stripped: list[str] = replace_solutions(lines, "python")
    except AssertionError as error:
        # Otter appends the whole cell to its message.
        problem = str(error).split(" in [")[0]
        raise StripError(f"`{problem.replace(' without ', '` without `')}`", _last(lines)) from None
    _refuse_leftovers(stripped, lines)
    _write_stubs(stripped, question, lines)
    text = "\n".join(line.removesuffix(_GIVEN) for line in stripped)
    return re.sub(r"\n{4,}", "\n\n\n", text).strip("\n")


def _last(lines: list[str]) -> int:
    return max(i for i, line in enumerate(lines, 1) if _LOOKS_LIKE_MARKER.search(line))


def _refuse_leftovers(stripped: list[str], lines: list[str]) -> None:
    """A misspelt marker is a comment to Otter, and the solution would be handed out."""
    for line in stripped:
        if _LOOKS_LIKE_MARKER.search(line):
            message = f"`{line.strip()}` is not one of Otter's markers, letter by letter"
            raise StripError(message, lines.index(line) + 1)


def _write_stubs(stripped: list[str], question: str, lines: list[str]) -> None:
    functions = _parsed(stripped, "what is left for the student", _first_solution(lines))
    stubbed = set()
    for place in [i for i, line in enumerate(stripped) if line.strip() == "..."]:
        name = _innermost(functions, place + 1)
        if name is None:
            message = "a solution outside a function needs `# BEGIN SOLUTION NO PROMPT`"
            raise StripError(message, _first_solution(lines))
        stubbed.add(name)
        stub = f'raise NotImplementedError("{question}: {name} is not written yet")'
        stripped[place] = stripped[place].replace("...", stub)
    _refuse_silent(stubbed, functions, lines)


def _refuse_silent(stubbed: set[str], functions: Functions, lines: list[str]) -> None:
    """A function that lost its solution without a stub would return None and look finished."""
    left = {name for name, _ in functions}
    solved = _parsed(lines, "the solution", 1)
    for number, line in enumerate(lines, 1):
        name = _innermost(solved, number) if has_solution(line) else None
        if name in left - stubbed:
            message = f"`{name}` needs a `# BEGIN SOLUTION` block as its whole body"
            raise StripError(message, number)


def _first_solution(lines: list[str]) -> int:
    return next(i for i, line in enumerate(lines, 1) if has_solution(line))


def _parsed(lines: list[str], what: str, line: int) -> Functions:
    """All functions with their dotted names, outer ones before those inside them."""
    try:
        return list(_functions(ast.parse("\n".join(lines)), ""))
    except SyntaxError as error:
        raise StripError(f"{what} is not Python: {error.msg}", line) from None


def _functions(node: ast.AST, prefix: str) -> Iterator[tuple[str, range]]:
    for child in ast.iter_child_nodes(node):
        inner = prefix
        if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            inner = f"{prefix}{child.name}."
            if not isinstance(child, ast.ClassDef):
                yield inner[:-1], range(child.lineno, (child.end_lineno or child.lineno) + 1)
        yield from _functions(child, inner)


def _innermost(functions: Functions, line: int) -> str | None:
    around = [name for name, span in functions if line in span]
    return around[-1] if around else None
