"""Code that was read becomes a module. Runs inside the jail, or on a student's own machine.

A cell that raises costs the rest of that cell; the cells below it run.
"""

from __future__ import annotations

import builtins
import inspect
import linecache
import sys
import types
from dataclasses import dataclass, field

from autograder.jail import offers
from autograder.jail.reading import FUTURE, Chunk, LeftOut, NotLoadable, Reading, place, read

__all__ = ["Chunk", "Halt", "Loaded", "NotLoadable", "Reading", "read", "run"]

MAX_PROBLEMS = 3
"""Cells that are named; more are counted."""


class Halt(BaseException):
    """Ends loading from outside, such as a limit of time."""


@dataclass
class Loaded:
    """A student's module after it ran.

    Attributes:
        problem: what was left out or raised while it ran, a sentence each, or "".
        labels: of its chunks, as tracebacks call them.
    """

    module: types.ModuleType
    problem: str = ""
    labels: list[str] = field(default_factory=list)


def run(
    reading: Reading,
    slug: str,
    forgive: type[BaseException] | tuple[()] = (),
    module: types.ModuleType | None = None,
) -> Loaded:
    """Execute what was read as one module and register it in `sys.modules`.

    Args:
        slug: the module's name.
        forgive: an exception that only costs the statement that raised it.
        module: to be filled, instead of a new one.

    Raises:
        KeyboardInterrupt, Halt: whatever it was doing.
    """
    if module is None:
        module = types.ModuleType(slug)
        module.__file__ = f"{slug}.py"
    sys.modules[module.__name__] = module
    for name, value in offers.names().items():
        module.__dict__.setdefault(name, value)
    loaded = Loaded(module, labels=[c.filename for c in reading.chunks])
    problems = [*reading.left_out]
    for chunk in reading.chunks:
        lines = [line + "\n" for line in chunk.source.split("\n")]
        linecache.cache[chunk.filename] = (len(chunk.source), None, lines, chunk.filename)
        try:
            _execute(chunk, module.__dict__, forgive)
        except (KeyboardInterrupt, Halt):
            raise
        except BaseException as error:
            names = {c.filename: c.label for c in reading.chunks}
            problems.append(LeftOut(_problem(error, names), chunk.at))
    loaded.problem = told(problems)
    return loaded


def told(problems: list[LeftOut]) -> str:
    """What was left out, in the file's order, as a few sentences."""
    said = [p.sentence for p in sorted(problems, key=lambda p: p.at)]
    more = len(said) - MAX_PROBLEMS
    return " ".join(said[:MAX_PROBLEMS] + ([f"{more} more like these."] if more > 0 else []))


def nothing_asked(slug: str) -> str:
    """What is said of a file that defines nothing that its assignment asks for."""
    text = f"Nothing that `{slug}` asks for is defined in this file."
    return f"{text} Is it another assignment's file?"


def _execute(
    chunk: Chunk, namespace: dict[str, object], forgive: type[BaseException] | tuple[()]
) -> None:
    statements, flags, code = chunk.tree.body, 0, chunk.compiled()
    while True:
        try:
            if code.co_flags & inspect.CO_COROUTINE:
                offers.wait_for(eval(code, namespace))
            else:
                exec(code, namespace)
        except forgive as error:
            line = _top_line(error, code)
            statements = [s for s in statements if s.lineno > line]
            flags |= code.co_flags & FUTURE
            code = chunk.compiled(statements, flags)
        else:
            return


def _top_line(error: BaseException, code: types.CodeType) -> int:
    """The line of the top-level statement in which an exception arose."""
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_code is not code:
        trace = trace.tb_next
    return trace.tb_lineno if trace is not None else sys.maxsize


def _problem(error: BaseException, names: dict[str, str]) -> str:
    where = where_in(error, names)
    at = f" ({where})" if where else ""
    if isinstance(error, SystemExit):
        return f"Your file stops the program when it is loaded: it calls exit{at}."
    return f"Your file raises {nearest_builtin(error)} when it is loaded: {brief(error)}{at}."


def where_in(error: BaseException | None, names: list[str] | dict[str, str]) -> str:
    """The innermost line of the student's own file: "line 3: `return x`", or "".

    Args:
        names: the chunks as tracebacks call them, and what people are told in their place.
    """
    found, trace = "", error.__traceback__ if error is not None else None
    while trace is not None:
        filename = trace.tb_frame.f_code.co_filename
        if filename in names:
            label = names[filename] if isinstance(names, dict) else filename
            line = linecache.getline(filename, trace.tb_lineno).strip()
            found = f"{place(label, trace.tb_lineno)}: `{line[:120]}`"
        trace = trace.tb_next
    return found


def brief(error: BaseException, width: int = 300) -> str:
    """An exception's message, cut; a message that cannot be made is no message."""
    if type(error).__name__ == "BdbQuit":
        return "a forgotten debugger (pdb) is in the code"
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
