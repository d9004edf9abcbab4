"""Which modules a submission may import: a list of what is allowed, kept in its source.

An import of anything else becomes the error that a missing module is, at its own line. So a cell or
a function that asks for too much costs no other one its points, and `except ImportError` works.
What a run makes up (`__import__` and its like) `jail/refusals.py` looks at.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable

from autograder.jail.reading import Chunk

# Another interpreter in the process would be watched by nobody: on every version, whatever it is
# called there. CPython's own test modules can make one too.
INTERPRETERS = (
    "_xxsubinterpreters",
    "_interpreters",
    "_xxinterpchannels",
    "_interpchannels",
    "_interpqueues",
    "concurrent.interpreters",
    "concurrent.futures.interpreter",
    "_testcapi",
    "_testinternalcapi",
    "_testlimitedcapi",
    "_testmultiphase",
    "_testsinglephase",
    "_testimportmultiple",
    "_testclinic",
    "_testclinic_limited",
)
# The first is what a probe measures memory with (`jail/meter.py`).
NEVER = ("_tracemalloc", *INTERPRETERS)
FOREIGN_CODE = ("ctypes", "_ctypes", "_ctypes_test", "cffi", "_cffi_backend")


def restrict(chunks: Iterable[Chunk], allowed: Collection[str]) -> None:
    """Let the imports of other modules than these fail, in place.

    Args:
        allowed: top-level names; none at all restricts nothing.
    """
    if allowed:
        for chunk in chunks:
            restriction = _Restriction(frozenset(allowed))
            restriction.visit(chunk.tree)
            if restriction.refused:
                chunk.changed()


def is_refused(name: str) -> bool:
    """Whether no submission may import a module of this dotted name."""
    return name.startswith(tuple(f"{i}." for i in INTERPRETERS)) or name in NEVER


class _Restriction(ast.NodeTransformer):
    """Looks at statements only: no expression holds an import."""

    def __init__(self, allowed: frozenset[str]) -> None:
        self._allowed = allowed
        self.refused = False

    def generic_visit(self, node: ast.AST) -> ast.AST:
        for name in ("body", "orelse", "finalbody", "handlers", "cases"):
            inner = getattr(node, name, None)
            if isinstance(inner, list):
                inner[:] = map(self.visit, inner)
        return node

    def visit_Import(self, node: ast.Import) -> ast.stmt:
        return self._checked(node, [alias.name for alias in node.names])

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.stmt:
        if node.level or not node.module:
            return node
        parts = [f"{node.module}.{alias.name}" for alias in node.names]
        return self._checked(node, [node.module, *filter(is_refused, parts)])

    def _checked(self, node: ast.stmt, names: list[str]) -> ast.stmt:
        for name in names:
            if name.partition(".")[0] not in self._allowed or is_refused(name):
                self.refused = True
                return ast.copy_location(_failure(name), node)
        return node


def _failure(name: str) -> ast.stmt:
    text = f"`{name}` is not among the modules that this assignment allows"
    [statement] = ast.parse(f"raise ModuleNotFoundError({text!r}, name={name!r})").body
    return statement
