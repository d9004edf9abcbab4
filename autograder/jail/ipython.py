"""What makes a notebook's cell Python: magics, `!`, `?` and prompts, by IPython's own transformer.

Lines stay where they were, so that a line number means the same to the student.
"""

from __future__ import annotations

import ast
import re
from typing import Any

# These run their cell in the notebook's own namespace. All others (`%%bash`, `%%html`,
# `%%writefile`, and `%%timeit`, whose cell becomes a function of its own) define nothing there.
RUN_THEIR_CELL = {"time", "capture", "prun", "snakeviz", "scalene", "wandb"}
_RUN_THEIR_LINE = {"time", "prun"}
_MODULE = re.compile(r"([A-Za-z_]\w*)(\.py)?")
_SHELL = "get_ipython"
_MAX_STEPS = 500  # pieces of special syntax in one cell; IPython's own limit


def as_python(source: str) -> str:
    """A cell as IPython understands it, line for line.

    Raises:
        SyntaxError: it holds more special syntax than IPython would look at.
    """
    try:
        from IPython.core.inputtransformer2 import TransformerManager
    except ImportError:  # nothing but Python can be read then
        return source
    manager: Any = TransformerManager()  # type: ignore[no-untyped-call]
    lines = [line + "\n" for line in source.split("\n")]
    before = len(lines)
    for transform in manager.cleanup_transforms:
        lines = transform(lines)
    above = ["\n"] * (before - len(lines))  # empty lines at the top are taken away
    if lines and lines[0].startswith("%%"):
        return "".join(above) + _of_cell_magic(lines)
    for _ in range(_MAX_STEPS):
        changed, after = manager.do_one_token_transform(lines)
        if not changed:
            return "".join(above + lines)
        lines = _level(lines, after)
    raise SyntaxError("too many magics in one cell", ("", len(above) + 1, 1, ""))


def _of_cell_magic(lines: list[str]) -> str:
    name, _, line = lines[0][2:].strip().partition(" ")
    if name not in RUN_THEIR_CELL:
        return ""
    kept = line.strip().split(maxsplit=1)[0] if name == "capture" and line.strip() else ""
    first = f"{kept} = {_SHELL}()\n" if kept.isidentifier() else "\n"
    return first + as_python("".join(lines[1:]).removesuffix("\n"))


def _level(before: list[str], after: list[str]) -> list[str]:
    """Empty lines for those that a transformer has joined to one."""
    missing = len(before) - len(after)
    if missing <= 0:
        return after
    same = zip(before, after, strict=False)
    place = next((i for i, (old, new) in enumerate(same) if old != new), len(after) - 1)
    return [*after[: place + 1], *["\n"] * missing, *after[place + 1 :]]


class Settled(ast.NodeTransformer):
    """Code with what its magics would run in place of them, so that rules see all that runs.

    `%time x = f()` and the same in an exported script, `get_ipython().run_line_magic("time",
    "x = f()")`, become `x = f()`; `%run mine.py` becomes an import of all of it. What has no effect
    on the notebook's names stays a call that does nothing (`jail/offers.py`). Nothing is imported
    over the shell that is offered.
    """

    def visit_Expr(self, node: ast.Expr) -> Any:
        inner = _code_of(node.value)
        if inner is None:
            return self.generic_visit(node)
        return _placed(inner, node) or ast.copy_location(ast.Pass(), node)

    def visit_Call(self, node: ast.Call) -> Any:
        inner = _code_of(node)
        if inner and len(inner) == 1 and isinstance(inner[0], ast.Expr):
            return _placed(inner, node)[0].value  # type: ignore[attr-defined]
        return self.generic_visit(node)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> Any:
        if node.module in ("IPython", "IPython.core.getipython", "IPython.core.interactiveshell"):
            node.names = [a for a in node.names if a.name != _SHELL or a.asname]
            if not node.names:
                return ast.copy_location(ast.Pass(), node)
        return node


def _code_of(node: ast.expr) -> list[ast.stmt] | None:
    """What a call of the shell's would run in the notebook; None if it is no such call."""
    match node:
        case ast.Call(
            func=ast.Attribute(value=ast.Call(func=ast.Name(id="get_ipython")), attr=method),
            args=[ast.Constant(value=str(first)), *others],
        ):
            given = [first] + [o.value for o in others if isinstance(o, ast.Constant)]
        case _:
            return None
    if method == "magic":  # of old exports: the name and the line in one
        method, given = "run_line_magic", list(first.partition(" ")[::2])
    if method == "run_line_magic" and given[0] == "run" and len(given) == 2:
        module = _MODULE.fullmatch(str(given[1]).strip())
        return _parsed(f"from {module[1]} import *") if module else None
    if method == "run_line_magic" and given[0] in _RUN_THEIR_LINE and len(given) == 2:
        return _parsed(str(given[1]))
    if method == "run_cell_magic" and len(given) == 3:
        name, line, cell = map(str, given)
        return _parsed(f"%%{name} {line}\n{cell}")
    return None


def _parsed(source: str) -> list[ast.stmt] | None:
    try:
        tree = ast.parse(as_python(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return Settled().visit(tree).body  # type: ignore[no-any-return]


def _placed(statements: list[ast.stmt], there: ast.AST) -> list[ast.stmt]:
    """Statements as if they stood on one line."""
    for statement in statements:
        for node in ast.walk(statement):
            if hasattr(node, "lineno"):
                ast.copy_location(node, there)
    return statements
