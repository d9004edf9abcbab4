"""What a question forbids (`forbid:` in course.yml), judged on the source.

The code that the question's own functions can reach is searched, so a line can be named even if no
test runs it. `jail/refusals.py` does the rest at run time. Nothing honest is refused for containing
a word.
"""

from __future__ import annotations

import ast
import symtable
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from autograder.jail.reading import Chunk, place

MATMUL = "@"
OPERATOR_DOORS = ("operator.matmul", "operator.imatmul", "numpy.matmul")


@dataclass(frozen=True)
class Violation:
    """A forbidden thing found in the source."""

    question: str
    rule: str
    where: str


def canonical(rule: str) -> str:
    """`np.dot` → `numpy.dot`; "@" stays."""
    return "numpy" + rule[2:] if rule == "np" or rule.startswith("np.") else rule


def violations(
    chunks: list[Chunk], asked: dict[str, list[str]], forbidden: dict[str, list[str]]
) -> list[Violation]:
    """Search the code that each question's functions can reach.

    Args:
        asked: question → names the student was asked to write.
        forbidden: question → its rules.
    """
    if not any(forbidden.values()):
        return []
    module = Definitions(chunks)
    found = []
    for question, rules in forbidden.items():
        if not rules:
            continue
        ban = _Ban(rules, module)
        for label, node in module.reachable(asked.get(question, [])):
            for rule, line in ban.search(node):
                found.append(Violation(question, rule, place(label, line)))
    return found


def imported(chunks: list[Chunk], modules: Iterable[str]) -> tuple[str, str] | None:
    """The first import of one of `modules` (or a part of one): (module, where), or None."""
    banned = set(modules)
    for chunk in chunks:
        for node in _statements(chunk.tree):
            names = []
            if isinstance(node, ast.Import):
                names = [a.name for a in node.names]
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module or ""]
            for name in names:
                if name.split(".")[0] in banned:
                    return name.split(".")[0], place(chunk.label, getattr(node, "lineno", 0))
    return None


def _statements(tree: ast.Module) -> list[ast.AST]:
    """Every statement, however deep, the outermost first. Unlike `ast.walk` this leaves out what
    statements are made of, which is nearly everything."""
    found: list[ast.AST] = [tree]
    for node in found:  # which grows meanwhile
        for block in ("body", "handlers", "cases", "orelse", "finalbody"):
            found += getattr(node, block, ())
    return found


class Definitions:
    """The top-level definitions of a submission and what its names mean."""

    def __init__(self, chunks: list[Chunk]) -> None:
        self.definitions: dict[str, list[tuple[Chunk, ast.AST]]] = {}
        self.aliases: dict[str, str] = {}
        self.own_attributes: set[str] = set()
        self._tables: dict[str, symtable.SymbolTable | None] = {}
        for chunk in chunks:
            for node in chunk.tree.body:
                for name in defined_names(node):
                    self.definitions.setdefault(name, []).append((chunk, node))
            for inner in _statements(chunk.tree):
                self._note(inner)

    def _note(self, node: ast.AST) -> None:
        if isinstance(node, ast.Import):
            for a in node.names:
                self.aliases[a.asname or a.name.split(".")[0]] = (
                    a.name if a.asname else a.name.split(".")[0]
                )
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            for a in node.names:
                self.aliases[a.asname or a.name] = f"{node.module}.{a.name}"
        elif isinstance(node, ast.ClassDef):
            self.own_attributes |= {
                n.name for n in node.body if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))
            }

    def closure(self, names: list[str]) -> set[str]:
        """These names and all top-level names that their definitions use, directly or not."""
        todo, seen = list(names), set[str]()
        while todo:
            name = todo.pop()
            if name not in seen:
                seen.add(name)
                for chunk, node in self.definitions.get(name, []):
                    todo += self._globals_of(chunk, node)
        return seen

    def reachable(self, names: list[str]) -> Iterator[tuple[str, ast.AST]]:
        """The definitions of all these names, with the chunk they stand in."""
        for name in sorted(self.closure(names)):
            for chunk, node in self.definitions.get(name, []):
                yield chunk.label, node

    def _table(self, chunk: Chunk) -> symtable.SymbolTable | None:
        """The symbols of a chunk; cells of one script share its text, and so its table."""
        source = chunk.python or chunk.source
        if source not in self._tables:
            try:
                with warnings.catch_warnings():  # which the reader has noted
                    warnings.simplefilter("ignore")
                    self._tables[source] = symtable.symtable(source, chunk.label, "exec")
            except SyntaxError:  # as of `await` outside of a function
                self._tables[source] = None
        return self._tables[source]

    def _globals_of(self, chunk: Chunk, node: ast.AST) -> set[str]:
        """The module-level names that a definition uses; its own variables are not among them."""
        definitions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        table = self._table(chunk) if isinstance(node, definitions) else None
        if not isinstance(node, definitions) or table is None:
            return {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
        outer: list[ast.expr] = list(node.decorator_list)
        if isinstance(node, ast.ClassDef):
            outer += node.bases
        else:
            outer += [*node.args.defaults, *filter(None, node.args.kw_defaults)]
        names = {n.id for e in outer for n in ast.walk(e) if isinstance(n, ast.Name)}
        for inner in table.get_children():
            if inner.get_name() == node.name:
                names |= _global_names(inner)
        return names

    def dotted(self, node: ast.AST) -> str:
        """`np.linalg.norm` → "numpy.linalg.norm"; "" if it does not start at an import."""
        if isinstance(node, ast.Name):
            return self.aliases.get(node.id, "")
        if isinstance(node, ast.Attribute):
            base = self.dotted(node.value)
            return f"{base}.{node.attr}" if base else ""
        return ""


def _global_names(table: symtable.SymbolTable) -> set[str]:
    own = {s.get_name() for s in table.get_symbols() if s.is_global()}
    return own.union(*(_global_names(inner) for inner in table.get_children()))


def defined_names(node: ast.stmt) -> list[str]:
    """The top-level names that a statement defines; imports are not definitions."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return [node.name]
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return []
    return [n.id for n in ast.walk(node) if isinstance(n, ast.Name) and _stored(n)]


def _stored(node: ast.Name) -> bool:
    return isinstance(node.ctx, ast.Store)


class _Ban:
    """The rules of one question, applied to one piece of source."""

    def __init__(self, rules: list[str], module: Definitions) -> None:
        self._module = module
        self._rules = {canonical(r): r for r in rules}
        self._matmul = MATMUL in rules
        if self._matmul:
            self._rules.update(dict.fromkeys(OPERATOR_DOORS, MATMUL))
        self._methods = {r.rsplit(".", 1)[1]: r for r in rules if r.startswith("np.")}
        self._methods = {m: r for m, r in self._methods.items() if hasattr(np.ndarray, m)}

    def search(self, tree: ast.AST) -> Iterator[tuple[str, int]]:
        for node in ast.walk(tree):
            rule = self._broken_by(node)
            if rule:
                yield rule, getattr(node, "lineno", 0)

    def _broken_by(self, node: ast.AST) -> str:
        own = self._module.own_attributes
        if isinstance(node, (ast.BinOp, ast.AugAssign)) and isinstance(node.op, ast.MatMult):
            # With a class that defines `@`, only the run can tell whose it is.
            return MATMUL if self._matmul and not own & {"__matmul__", "__rmatmul__"} else ""
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            method = node.func.attr
            if method in self._methods and method not in own and not self._is_self(node.func.value):
                return self._methods[method]
        if isinstance(node, (ast.Name, ast.Attribute)):
            return self._rule_for(self._module.dotted(node))
        return ""

    def _is_self(self, node: ast.AST) -> bool:
        return isinstance(node, ast.Name) and node.id == "self"

    def _rule_for(self, dotted: str) -> str:
        parts = dotted.split(".")
        for end in range(len(parts), 0, -1):
            rule = self._rules.get(".".join(parts[:end]))
            if rule:
                return rule
        return ""
