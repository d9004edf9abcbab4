"""From the bytes somebody sent to Python that can be run: the one reader of scripts and notebooks.

The student's check and receipt, the grader, `--bundle`'s neighbours: all read here, so that what a
student saw is what is graded. A cell that is not Python costs that cell and no other.
"""

from __future__ import annotations
import __future__

import ast
import sys
import types
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field

from autograder.jail import versions
from autograder.jail.cells import NotLoadable, cell_starts, code_cells, text_of
from autograder.jail.ipython import Settled, as_python

__all__ = [
    "Chunk",
    "LeftOut",
    "NotLoadable",
    "Reading",
    "parse_chunk",
    "place",
    "read",
    "shown",
    "too_new",
]

FUTURE = 0
for _name in __future__.all_feature_names:
    FUTURE |= getattr(__future__, _name).compiler_flag

_MAX_TRIES = 40  # places at which a script may be cut
_UNREADABLE = (RecursionError, MemoryError, ValueError)


@dataclass
class Chunk:
    """A piece of source that is run as one: a cell of a notebook or of a script.

    Attributes:
        label: what people are told: `matmul.py`, `cell 3`.
        source: as the student wrote it; lines of `tree` are lines of it.
        python: what is compiled, where magics make that something else than `source`.
        filename: what tracebacks call it; the label, unless it is a file.
        flags: of `from __future__` imports in chunks before, which hold on.
        at: the cell's number or the script's line, to sort by.
    """

    label: str
    source: str
    tree: ast.Module
    python: str = ""
    filename: str = ""
    flags: int = 0
    at: int = 0
    _code: types.CodeType | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        self.filename = self.filename or self.label

    def changed(self) -> None:
        """Take note that the tree is another than the one that was compiled."""
        self._code = None

    def compiled(self, statements: list[ast.stmt] | None = None, flags: int = 0) -> types.CodeType:
        """Code of all statements, or of these; `await` may stand at the top, as in a notebook.

        Raises:
            SyntaxError: such as a `return` outside of a function.
        """
        if statements is None and self._code is not None:
            return self._code
        body = self.tree.body if statements is None else statements
        flags |= self.flags | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        tree = ast.Module(body, self.tree.type_ignores)
        code: types.CodeType = compile(tree, self.filename, "exec", flags, dont_inherit=True)
        if statements is None:
            self._code = code
        return code


@dataclass(frozen=True)
class LeftOut:
    """A cell, or the end of a script, that is not Python and is not run.

    Attributes:
        sentence: which, why, and its line, for the student.
        at: the cell's number or the script's line, to sort by.
    """

    sentence: str
    at: int = 0


@dataclass
class Reading:
    """What was read.

    Attributes:
        warnings: what Python's parser warns of, as "line 3: invalid escape sequence …".
    """

    chunks: list[Chunk] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def place(label: str, line: int) -> str:
    """Where a line stands: "line 3" of a script, "cell 2, line 3" of a notebook."""
    return f"{label}, line {line}" if label.startswith("cell ") else f"line {line}"


def shown(line: str, width: int = 120) -> str:
    """A line of the student's between backticks, or ""."""
    line = line.strip()
    return f"`{line if len(line) <= width else line[: width - 1] + '…'}`" if line else ""


def read(
    data: bytes, kind: str, slug: str, *, python: tuple[int, int] | None = None, filename: str = ""
) -> Reading:
    """Decode and parse a submission, without running it.

    Args:
        kind: "py" or "ipynb".
        python: the grader's Python, where that is not the one that runs this.
        filename: what tracebacks call a script; by default its name.

    Raises:
        NotLoadable: it is not text, not a notebook, or nothing of it is Python.
    """
    text = text_of(data, kind)
    reader = _Reader(python, filename)
    if kind == "ipynb":
        for cell in code_cells(text):
            if not cell.live_only:
                reader.cell(f"cell {cell.number}", cell.source, cell.number)
    else:
        reader.script(text, f"{slug}.py")
    done = reader.reading
    if done.left_out and not done.chunks:
        raise NotLoadable(f"Nothing in the file can be read. {done.left_out[0].sentence}")
    if any(_is_marimo(chunk.tree) for chunk in done.chunks):
        raise NotLoadable(
            "The file is a marimo notebook, which keeps its names to itself. Write it as a Jupyter "
            f"notebook, with `marimo export ipynb {slug}.py -o {slug}.ipynb`, and hand in that."
        )
    return done


def parse_chunk(label: str, source: str, filename: str = "", at: int = 0) -> Chunk:
    """A cell as it is run in this Python.

    Raises:
        SyntaxError: it is none.
        ValueError, RecursionError, MemoryError: the parser gives up.
    """
    plain = source
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tree = ast.parse(source)
        except SyntaxError:
            plain = as_python(source)
            tree = ast.parse(plain)
    return _chunk(label, source, plain, tree, filename, at)


def _chunk(label: str, source: str, plain: str, tree: ast.Module, filename: str, at: int) -> Chunk:
    python = "" if plain == source else plain
    if "get_ipython" in plain:
        tree = Settled().visit(tree)
        python = ast.unparse(tree)
    return Chunk(label, source, tree, python, filename, 0, at)


class _Reader:
    """Reads piece by piece; what one leaves behind (`from __future__`) holds for the next."""

    def __init__(self, python: tuple[int, int] | None, filename: str) -> None:
        self.reading = Reading()
        self._python = python
        self._filename = filename
        self._flags = 0

    def cell(self, label: str, source: str, at: int) -> None:
        """Take a cell of a notebook, or leave it out."""
        try:
            plain, tree = self._parsed(source, label)
            self._take(_chunk(label, source, plain, tree, "", at))
        except SyntaxError as error:
            self._leave_out(label, source, error, at)
        except _UNREADABLE as error:
            self._leave_out(label, source, SyntaxError(_unparsable(error)), at)

    def script(self, text: str, label: str) -> None:
        """Take a script cell by cell; where it has no cells, as far as it is Python.

        Raises:
            NotLoadable: it is too deep or too long for Python's parser.
        """
        starts = cell_starts(text)
        try:
            plain, tree = self._parsed(text, label)
        except SyntaxError as error:
            if len(starts) > 1:
                self._cell_by_cell(text, label, starts)
            else:
                self._as_far_as_it_goes(text, label, error)
            return
        except _UNREADABLE:
            raise NotLoadable(f"The file is not valid Python: {label} cannot be parsed.") from None
        for at, body in _grouped(tree.body, starts):
            part = ast.Module(body, tree.type_ignores)
            try:
                self._take(_chunk(label, text, plain, part, self._filename, at))
            except SyntaxError as error:
                self._leave_out(label, text, error, at)
            except _UNREADABLE as error:
                self._leave_out(label, text, SyntaxError(_unparsable(error), ("", at, 1, "")), at)

    def _cell_by_cell(self, text: str, label: str, starts: list[int]) -> None:
        lines = text.split("\n")
        for start, end in zip(starts, [*starts[1:], len(lines) + 1], strict=True):
            padded = "\n" * (start - 1) + "\n".join(lines[start - 1 : end - 1])
            try:
                plain, tree = self._parsed(padded, label)
                python = plain if plain != padded else padded
                chunk = _chunk(label, python, plain, tree, self._filename, start)
                chunk.source, chunk.python = text, chunk.python or python
                if tree.body:
                    self._take(chunk)
            except SyntaxError as error:
                self._leave_out(label, text, error, start)
            except _UNREADABLE as error:
                problem = SyntaxError(_unparsable(error), ("", start, 1, ""))
                self._leave_out(label, text, problem, start)

    def _as_far_as_it_goes(self, text: str, label: str, error: SyntaxError) -> None:
        """The part of a script above the statement that is not Python."""
        lines = text.split("\n")
        last = min(error.lineno or 1, len(lines))
        cuts = [n for n in range(last, 1, -1) if lines[n - 1][:1].strip()]
        for cut in cuts[:_MAX_TRIES]:
            head = "\n".join(lines[: cut - 1])
            try:
                plain, tree = self._parsed(head, label)
            except (SyntaxError, *_UNREADABLE):
                continue
            if not tree.body:
                break
            chunk = _chunk(label, head, plain, tree, self._filename, 1)
            chunk.source, chunk.python = text, chunk.python or plain
            try:
                self._take(chunk)
            except SyntaxError:
                break
            end = len(text.rstrip().split("\n"))
            lines_left = f"line {cut}" if cut == end else f"lines {cut} to {end}"
            said = self._reason(error, f"The end of the file, {lines_left}, is left out: it")
            self.reading.left_out.append(LeftOut(f"{said} ({self._at(label, text, error)}).", cut))
            return
        sentence = f"{self._reason(error, 'The file')} ({self._at(label, text, error)})."
        raise NotLoadable(sentence) from None

    def _parsed(self, source: str, label: str) -> tuple[str, ast.Module]:
        """The source as Python, which this Python and the grader's understand."""
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("ignore")
            warnings.simplefilter("always", SyntaxWarning)
            warnings.filterwarnings("always", r".*invalid .*escape", DeprecationWarning)  # 3.11
            plain = source
            try:
                tree = self._parse(source, label)
            except SyntaxError as error:
                if isinstance(error, versions.TooNew):
                    raise
                plain = as_python(source)
                tree = self._parse(plain, label)
        self._note(said, label)
        return plain, tree

    def _parse(self, source: str, label: str) -> ast.Module:
        tree = ast.parse(source, label)
        versions.require(source, self._python)
        return tree

    def _note(self, said: list[warnings.WarningMessage], label: str) -> None:
        for warning in said:
            told = f"{place(label, warning.lineno)}: {warning.message}"
            if told not in self.reading.warnings:
                self.reading.warnings.append(told)

    def _take(self, chunk: Chunk) -> None:
        chunk.flags = self._flags
        chunk.tree = versions.with_early_annotations(chunk.tree, self._flags, self._python)
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("ignore")
            warnings.simplefilter("always", SyntaxWarning)
            code = chunk.compiled()
        self._note(said, chunk.label)
        self._flags |= code.co_flags & FUTURE
        self.reading.chunks.append(chunk)

    def _leave_out(self, label: str, source: str, error: SyntaxError, at: int) -> None:
        what = label.capitalize() if label.startswith("cell") else f"The cell at line {at}"
        reason = self._reason(error, f"{what} is left out: it")
        sentence = f"{reason} ({self._at(label, source, error, at)})."
        self.reading.left_out.append(LeftOut(sentence, at))

    def _reason(self, error: SyntaxError, what: str = "it") -> str:
        here = sys.version_info[:2]
        major, minor = min(self._python or here, here)  # what understood less
        if isinstance(error, versions.TooNew):
            return f"{what} needs a newer Python than the grader's {major}.{minor}: {error.msg}"
        return f"{what} is not valid Python {major}.{minor}: {error.msg}"

    def _at(self, label: str, source: str, error: SyntaxError, at: int = 1) -> str:
        number = error.lineno or (at if label.endswith(".py") else 1)
        lines = source.split("\n")
        line = shown(lines[number - 1]) if 0 < number <= len(lines) else ""
        return f"line {number}: {line}" if line else f"line {number}"


def too_new(chunk: Chunk, python: tuple[int, int] | None) -> str:
    """A sentence on a chunk that the grader's Python will not understand, or ""."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            versions.require(chunk.python or chunk.source, python)
    except versions.TooNew as error:
        what = chunk.label.capitalize()
        version = ".".join(map(str, python or ()))
        where = place(chunk.label, error.lineno or 1)
        return f"{what} needs a newer Python than the grader's {version}: {error.msg} ({where})."
    return ""


def _unparsable(error: Exception) -> str:
    return "it is too deeply nested" if isinstance(error, RecursionError) else "it cannot be parsed"


def _grouped(body: list[ast.stmt], starts: list[int]) -> Iterator[tuple[int, list[ast.stmt]]]:
    """A script's statements by cells: the line on which each begins, and what stands in it."""
    bounds = iter([*starts[1:], sys.maxsize])
    start, end, group = 1, next(bounds), list[ast.stmt]()
    for statement in body:
        while statement.lineno >= end:
            if group:
                yield start, group
            start, end, group = end, next(bounds), []
        group.append(statement)
    if group:
        yield start, group


_MARIMO = ast.dump(ast.parse("marimo.App", mode="eval").body)


def _is_marimo(tree: ast.Module) -> bool:
    """Whether it makes `marimo.App()`, whose cells are functions."""
    return any(
        isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Attribute)
        and ast.dump(node.value.func) == _MARIMO
        for node in tree.body
    )
