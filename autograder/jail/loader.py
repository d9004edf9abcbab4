"""From the bytes somebody sent to a loaded module. Runs inside the jail, or on one's own machine.

A notebook is read cell by cell: cells tagged `active-ipynb` (plots, checks, benchmarks) are left
out as they are in the script, and a cell that fails does not take the following ones with it.
"""

from __future__ import annotations
import __future__

import ast
import builtins
import json
import linecache
import re
import sys
import types
import warnings
from dataclasses import dataclass, field

CHECK_TAG = "active-ipynb"
MAX_CELLS = 2000
_MAGIC = re.compile(r"^(\s*)[%!?].*$", re.MULTILINE)


class NotLoadable(Exception):
    """The file cannot be read as a program; the message is one sentence for the student."""


@dataclass
class Chunk:
    """A piece of source that is compiled as one: a script, or a cell of a notebook.

    Attributes:
        label: what tracebacks call it: `matmul.py`, `cell 3`.
    """

    label: str
    source: str
    tree: ast.Module


@dataclass
class Loaded:
    """A student's module after it ran.

    Attributes:
        problem: the first error while it ran, one sentence, or "".
    """

    module: types.ModuleType
    problem: str = ""
    labels: list[str] = field(default_factory=list)


def read_chunks(data: bytes, kind: str, slug: str) -> list[Chunk]:
    """Decode and parse a submission, without running it.

    Args:
        kind: "py" or "ipynb".

    Raises:
        NotLoadable: it is not text, not a notebook, or not Python.
    """
    text = _decode(data)
    if kind == "ipynb":
        return [_parse(source, label) for label, source in _cells(text)]
    return [_parse(text, f"{slug}.py")]


def _decode(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise NotLoadable(
            f"The file is not in UTF-8 (line {line}); save it with that encoding and hand it in "
            "again."
        ) from None
    if "\0" in text:
        raise NotLoadable("The file is not a Python program: it contains NUL bytes.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _cells(text: str) -> list[tuple[str, str]]:
    try:
        notebook = json.loads(text)
    except (ValueError, RecursionError):
        raise NotLoadable("The notebook is damaged: it is not valid JSON.") from None
    cells = notebook.get("cells") if type(notebook) is dict else None
    if type(cells) is not list or len(cells) > MAX_CELLS:
        raise NotLoadable(
            "The file is not a Jupyter notebook (version 4): it has no list of cells."
        )
    found = []
    for number, cell in enumerate(cells, 1):
        if type(cell) is not dict or cell.get("cell_type") != "code":
            continue
        metadata = cell.get("metadata")
        tags = metadata.get("tags") if type(metadata) is dict else None
        source = cell.get("source", "")
        if type(source) is list and all(type(s) is str for s in source):
            source = "".join(source)
        if type(source) is not str:
            raise NotLoadable(f"The notebook is damaged: cell {number} has no text.")
        if source.lstrip().startswith("%%") or (type(tags) is list and CHECK_TAG in tags):
            continue
        found.append((f"cell {number}", _without_magics(source)))
    return found


def _without_magics(source: str) -> str:
    # Only where the cell is not Python as it stands: a line may well begin with the operator `%`.
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(source)
    except SyntaxError:
        return _MAGIC.sub(r"\1pass", source)
    except (RecursionError, MemoryError, ValueError):
        pass
    return source


def _parse(source: str, label: str) -> Chunk:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return Chunk(label, source, ast.parse(source, label))
    except SyntaxError as error:
        where = f"line {error.lineno}" if label.endswith(".py") else f"{label}, line {error.lineno}"
        raise NotLoadable(f"The file is not valid Python: {error.msg} ({where}).") from None
    except (RecursionError, MemoryError, ValueError):
        raise NotLoadable(f"The file is not valid Python: {label} cannot be parsed.") from None


def run(chunks: list[Chunk], slug: str, forgive: type[BaseException] | tuple[()] = ()) -> Loaded:
    """Execute the chunks as one module called `slug` and register it in `sys.modules`.

    Args:
        forgive: an exception that only costs the statement that raised it.
    """
    module = types.ModuleType(slug)
    module.__file__ = f"{slug}.py"
    sys.modules[slug] = module
    loaded = Loaded(module, labels=[c.label for c in chunks])
    for chunk in chunks:
        lines = chunk.source.splitlines(keepends=True)
        linecache.cache[chunk.label] = (len(chunk.source), None, lines, chunk.label)
        try:
            _execute(chunk, module.__dict__, forgive)
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            if not loaded.problem:
                loaded.problem = _problem(error, loaded.labels)
    return loaded


def _execute(
    chunk: Chunk, namespace: dict[str, object], forgive: type[BaseException] | tuple[()]
) -> None:
    statements, flags = chunk.tree.body, 0
    while statements:
        tree = ast.Module(statements, chunk.tree.type_ignores)
        code = compile(tree, chunk.label, "exec", flags, dont_inherit=True)
        flags = code.co_flags & __future__.annotations.compiler_flag
        try:
            exec(code, namespace)
        except forgive as error:
            line = _top_line(error, code)
            statements = [s for s in statements if s.lineno > line]
        else:
            return


def _top_line(error: BaseException, code: types.CodeType) -> int:
    """The line of the top-level statement in which an exception arose."""
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_code is not code:
        trace = trace.tb_next
    return trace.tb_lineno if trace is not None else sys.maxsize


def _problem(error: BaseException, labels: list[str]) -> str:
    where = where_in(error, labels)
    at = f" ({where})" if where else ""
    if isinstance(error, SystemExit):
        return f"Your file stops the program when it is loaded: it calls exit{at}."
    return f"Your file raises {nearest_builtin(error)} when it is loaded: {brief(error)}{at}."


def where_in(error: BaseException, labels: list[str]) -> str:
    """The innermost line of the student's own file: "line 3: `return x`", or ""."""
    found, trace = "", error.__traceback__
    while trace is not None:
        label = trace.tb_frame.f_code.co_filename
        if label in labels:
            line = linecache.getline(label, trace.tb_lineno).strip()
            place = f"line {trace.tb_lineno}"
            place = place if label.endswith(".py") else f"{label}, {place}"
            found = f"{place}: `{line[:120]}`"
        trace = trace.tb_next
    return found


def brief(error: BaseException, width: int = 300) -> str:
    """An exception's message, cut; a message that cannot be made is no message."""
    try:
        text = str(error)
    except BaseException:
        return "(its message cannot be shown)"
    return text if len(text) <= width else text[: width - 1] + "…"


def nearest_builtin(error: BaseException) -> str:
    """Name of the nearest built-in exception type."""
    for kind in type(error).__mro__:
        if vars(builtins).get(kind.__name__) is kind:
            return str(kind.__name__)
    return "Exception"


def fake_grader() -> types.ModuleType:
    """A stand-in for the module of `grader` in submitted notebooks, ours or Otter's: there
    `grader.check(…)` does nothing in grading."""
    fake = types.ModuleType("otter")

    class Notebook:
        def __init__(self, *args: object, **kwargs: object) -> None:
            pass

        def __getattr__(self, name: str) -> object:
            return lambda *args, **kwargs: None

    fake.Notebook = Notebook  # type: ignore[attr-defined]
    return fake
