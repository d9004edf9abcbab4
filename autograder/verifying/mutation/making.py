"""Mutants of a solution: its marked lines with one small mistake each.

Mistakes that any program can have are made by cosmic-ray's operators, those of this field by
field.py.
"""

from __future__ import annotations

import ast
import copy
import hashlib
import re
import warnings
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from autograder.authoring.stubs import marked_lines
from autograder.ground.errors import UserError
from autograder.ground.extras import extra
from autograder.jail.rules import defined_names
from autograder.verifying.mutation.field import OPERATORS

# Variable…: they draw random numbers, another mutant at every run. Is: identity for equality is
# the same program for small integers and short texts, and no mistake that anybody makes.
_LEFT_OUT = re.compile(r"^Variable|_Is$|_IsNot$|_Is_[EGLN]|_IsNot_[EGLN]")


class NoOperators(UserError):
    """cosmic-ray is not installed."""


@dataclass(frozen=True)
class Mutation:
    """One small mistake.

    Attributes:
        operator: what made it.
        inside: the top-level names that the changed statement defines.
        line: of the solution, counted from 1.
        was, now: the changed lines, before and after.
        before: how often the same lines stand in the definition before this place.
        head, text, tail: the solution before the changed statement, that statement with the
            mistake, and what follows.
    """

    operator: str
    inside: frozenset[str]
    line: int
    was: str
    now: str
    before: int
    head: str = field(repr=False)
    text: str = field(repr=False)
    tail: str = field(repr=False)

    @property
    def source(self) -> str:
        """The whole solution with the mistake."""
        return f"{self.head}{self.text.rstrip()}\n{self.tail}"

    @property
    def key(self) -> str:
        """Digest (hex) of the mistake: the definition, and its lines before and after."""
        code = (re.sub(r"\s+", "", text) for text in (self.was, self.now))
        text = "\0".join([*sorted(self.inside), *code, str(self.before)])
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def diff(self, file: str) -> str:
        """The mistake as a unified diff without context, headed by its place."""
        where = ", ".join(sorted(self.inside))
        lines = [f"{file}, line {self.line}, in {where} ({self.operator})"]
        lines += [f"- {line}" for line in self.was.splitlines()]
        lines += [f"+ {line}" for line in self.now.splitlines()]
        return "\n".join(lines)


@dataclass(frozen=True)
class _Statement:
    """A top-level statement of the solution."""

    names: frozenset[str]
    start: int  # line, counted from 1
    text: str
    head: str
    tail: str

    @property
    def lines(self) -> range:
        return range(self.start, self.start + len(self.text.splitlines()))


def mutations(source: str) -> list[Mutation]:
    """Every mutant of the marked lines, no two of which are the same program, in an order that
    depends on nothing else.

    Raises:
        NoOperators: without cosmic-ray.
    """
    marked = marked_lines(source)
    found: dict[str, Mutation] = {}
    for statement in _statements(source):
        if marked.intersection(statement.lines):
            for operator, text in _changed(statement, marked):
                mutation = _mutation(operator, statement, text)
                if mutation.key not in found and _is_another_program(text, statement.text):
                    found[mutation.key] = mutation
    return sorted(found.values(), key=lambda m: (m.line, m.key))


def _is_another_program(text: str, solution: str) -> bool:
    """Whether it is Python, and not the solution again, as f(p, p) with swapped arguments is."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, "<mutant>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return False
    return ast.dump(ast.parse(text)) != ast.dump(ast.parse(solution))


def sample(all_of_them: list[Mutation], size: int, seed: int) -> list[Mutation]:
    """Some of the mutants: those whose keys have the smallest digests, as the seed salts them.

    So a line that changes exchanges its own mutants and hardly any other, and a smaller sample is
    part of a larger one: who has gone through 400 has gone through the 40 of `verify`.
    """
    if size <= 0 or size >= len(all_of_them):
        return all_of_them
    by_lot = sorted(all_of_them, key=lambda m: hashlib.sha256(f"{seed} {m.key}".encode()).digest())
    drawn = by_lot[:size]
    return sorted(drawn, key=lambda m: (m.line, m.key))


def _statements(source: str) -> Iterator[_Statement]:
    lines = source.splitlines(keepends=True)
    for node in ast.parse(source).body:
        first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
        last = node.end_lineno or first
        head, text, tail = ("".join(lines[a:b]) for a, b in _cuts(first - 1, last, len(lines)))
        yield _Statement(frozenset(defined_names(node)), first, text, head, tail)


def _cuts(start: int, stop: int, end: int) -> tuple[tuple[int, int], ...]:
    return (0, start), (start, stop), (stop, end)


def _mutation(operator: str, statement: _Statement, text: str) -> Mutation:
    old, new = statement.text.splitlines(), text.splitlines()
    same = zip(old, new, strict=False)
    first = next((i for i, (a, b) in enumerate(same) if a != b), min(len(old), len(new)))
    rest = zip(reversed(old[first:]), reversed(new[first:]), strict=False)
    left = min(len(old), len(new)) - first
    end = next((i for i, (a, b) in enumerate(rest) if a != b), left)
    was = old[first : len(old) - end]
    return Mutation(
        operator=operator,
        inside=statement.names,
        line=statement.start + first,
        was="\n".join(was),
        now="\n".join(new[first : len(new) - end]),
        before=sum(old[i : i + len(was)] == was for i in range(first)) if was else first,
        head=statement.head,
        text=text,
        tail=statement.tail,
    )


def _changed(statement: _Statement, marked: Collection[int]) -> Iterator[tuple[str, str]]:
    """Name of the operator and text of the statement, for every mistake in a marked line."""
    yield from _by_field(statement, marked)
    yield from _by_cosmic_ray(statement, marked)


def _by_field(statement: _Statement, marked: Collection[int]) -> Iterator[tuple[str, str]]:
    text = _Text(statement.text)
    for node in _outside_texts(ast.parse(statement.text)):
        for operator in OPERATORS:
            for place, new in operator(node):
                start, stop = _span(place)
                if start[0] + statement.start - 1 in marked:
                    inner = isinstance(place, (ast.BinOp, ast.Compare, ast.BoolOp))
                    new = new if not inner or _stands_alone(new) else f"({new})"
                    yield operator.__name__, text.replaced(start, stop, new)


def _outside_texts(tree: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a tree without what is formatted into a text: messages are for people."""
    if isinstance(tree, ast.JoinedStr):
        return
    yield tree
    for node in ast.iter_child_nodes(tree):
        yield from _outside_texts(node)


def _span(node: ast.AST) -> tuple[tuple[int, int], tuple[int, int]]:
    """Line (from 1) and byte in it (from 0) where a node starts and ends."""
    assert isinstance(node, (ast.expr, ast.stmt, ast.keyword))
    return (node.lineno, node.col_offset), (node.end_lineno or 0, node.end_col_offset or 0)


def _stands_alone(text: str) -> bool:
    """Whether an expression needs no brackets, whatever is around it."""
    node = ast.parse(text).body[0]
    simple = (ast.Name, ast.Attribute, ast.Call, ast.Constant, ast.Subscript)
    return text.startswith("(") or (isinstance(node, ast.Expr) and isinstance(node.value, simple))


class _Text:
    """A text in which places are replaced; columns count bytes."""

    def __init__(self, text: str) -> None:
        self._data = text.encode()
        self._starts = [0]
        for line in text.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line.encode()))

    def replaced(self, start: tuple[int, int], stop: tuple[int, int], new: str) -> str:
        begin, end = (self._starts[line - 1] + column for line, column in (start, stop))
        return (self._data[:begin] + new.encode() + self._data[end:]).decode()


def _by_cosmic_ray(statement: _Statement, marked: Collection[int]) -> Iterator[tuple[str, str]]:
    try:
        import parso
        from cosmic_ray.operators.provider import OperatorProvider
    except ImportError:
        raise NoOperators(f"it needs {extra('mutation')}.") from None
    provider = OperatorProvider()
    operators = {name: provider[name]() for name in sorted(provider) if not _LEFT_OUT.search(name)}
    lines = statement.text.splitlines(keepends=True)
    module = parso.parse(statement.text)
    for node in (inner for child in module.children for inner in _parso_nodes(child)):
        for name, operator in operators.items():
            for index, ((line, _), _) in enumerate(operator.mutation_positions(node)):
                if line + statement.start - 1 in marked:
                    yield name, _with_mutated(lines, node, operator, index)


def _parso_nodes(node: Any) -> Iterator[Any]:
    if node.type != "fstring":  # as in `_outside_texts`
        yield node
        for child in getattr(node, "children", ()):
            yield from _parso_nodes(child)


def _with_mutated(lines: list[str], node: Any, operator: Any, index: int) -> str:
    """The text with a node changed. Operators change a node in place and look at its parent: they
    get a copy of the two."""
    around, position = node.parent, node.parent.children.index(node)
    above, around.parent = around.parent, None  # which would be copied with everything else
    own = copy.deepcopy(around).children[position]
    around.parent = above
    changed = operator.mutate(own, index)
    (first, start), (last, stop) = node.get_start_pos_of_prefix(), node.end_pos
    before = "".join(lines[: first - 1]) + lines[first - 1][:start]
    after = (lines[last - 1][stop:] if last <= len(lines) else "") + "".join(lines[last:])
    return f"{before}{changed.get_code() if changed is not None else ''}{after}"
