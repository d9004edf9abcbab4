"""Load a student's file in this process, with what a grader offers and within its limits.

Nothing here isolates anything. It is the student's machine and the student's code; grading has a
jail for that. What matters here is that a mistake gives one sentence and a line, never a traceback.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import io
import linecache
import os
import sys
import traceback
import types
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.checking.clock import Clock, TimeUp, too_long
from autograder.checking.errors import WorkError
from autograder.checking.workfolder import Work
from autograder.course.modules import STANDARD
from autograder.jail import loader, offers
from autograder.jail.imports import restrict
from autograder.jail.reading import Chunk, NotLoadable, Reading, place, read

_siblings: set[str] = set()
"""Modules from a student's folder that the last load imported; forgotten by the next."""


@dataclass
class Loaded:
    """The student's file after it ran: its names, and where they come from.

    Attributes:
        printed: what it printed.
        problem: what was left out or raised, as the grader will say it; or "".
        warnings: what Python's parser warns of, with its line.
    """

    work: Work
    file: Path
    namespace: dict[str, Any] = field(default_factory=dict)
    chunks: list[Chunk] = field(default_factory=list)
    printed: str = ""
    problem: str = ""
    warnings: list[str] = field(default_factory=list)

    @functools.cached_property
    def broken(self) -> dict[str, str]:
        """Question → the rule that its source breaks, as the grader will say it."""
        from autograder.jail.rules import violations

        planned = self.work.planned()
        found = violations(
            self.chunks,
            {question: plan.names for question, plan in planned.items()},
            {question: plan.forbid for question, plan in planned.items()},
        )
        return {
            v.question: f"{v.question} must not use `{v.rule}` ({v.where})."
            for v in reversed(found)
        }

    def locate(self, error: BaseException | None) -> str:
        """The innermost line of the student's in a traceback, as "cell 7, line 3: `…`", or ""."""
        where = ""
        labels = {chunk.filename: chunk.label for chunk in self.chunks}
        for frame, number in traceback.walk_tb(error.__traceback__ if error else None):
            filename = frame.f_code.co_filename
            line = linecache.getline(filename, number).strip()
            at = f"line {number}" + (f": `{line}`" if line else "")
            if filename in labels:
                where = place(labels[filename], number) + at.removeprefix(f"line {number}")
            elif Path(filename).parent == self.work.folder:
                where = f"{Path(filename).name}, {at}"
        return where


def read_file(work: Work, file: Path) -> Reading:
    """Read a script or notebook as the grader will.

    Raises:
        WorkError: it cannot be read, or nothing of it is Python.
    """
    kind = file.suffix.removeprefix(".")
    python = work.terms().python
    try:
        reading = read(file.read_bytes(), kind, work.slug, python=python, filename=str(file))
    except NotLoadable as problem:
        raise WorkError(f"{file.name}: {problem}", usage=False) from None
    except OSError as error:
        raise WorkError(f"{file.name} cannot be read: {error.strerror}.", usage=False) from None
    allowed = work.terms().imports
    if allowed:
        own = {path.name.partition(".")[0] for path in work.folder.iterdir()}
        restrict(reading.chunks, own | STANDARD | set(allowed))
    return reading


def load(work: Work, file: Path, *, capture: bool = True) -> Loaded:
    """Run the student's file in this process, as a fresh module.

    What raises costs the rest of its cell, as in grading.

    Args:
        work: where it lies; modules beside it can be imported while it runs.
        file: script or notebook, from `choose`.
        capture: keep what it prints in `Loaded.printed`, instead of letting it print.
    Raises:
        WorkError: nothing of it can be used.
        KeyboardInterrupt: with the student's line as its argument.
    """
    reading = read_file(work, file)
    loaded = Loaded(work, file, chunks=reading.chunks, warnings=reading.warnings)
    one_blas_thread()
    module = _fresh_module(work.slug, file)
    loaded.namespace = module.__dict__
    seconds = work.terms().load_seconds
    with (
        contextlib.chdir(work.folder),
        _importable(work.folder),
        captured(capture) as printed,
        offers.installed(loading=True),
        Clock() as clock,
    ):
        try:
            with clock.limit(seconds, too_long(seconds)):
                loaded.problem = loader.run(reading, module.__name__, module=module).problem
        except KeyboardInterrupt as stop:
            raise KeyboardInterrupt(loaded.locate(stop)) from None
        except TimeUp as stop:
            where = loaded.locate(stop)
            said = f"{file.name}: Nothing can be graded. While your file was loaded: {stop}"
            raise WorkError(f"{said}\n  {where}" if where else said, usage=False) from None
    loaded.printed = printed.getvalue()
    asked = {name for plan in work.planned().values() for name in plan.names}
    if asked and not asked & loaded.namespace.keys():
        said = loaded.problem or loader.nothing_asked(work.slug)
        raise WorkError(f"{file.name}: {said}", usage=False)
    return loaded


def error_text(error: BaseException) -> str:
    """The type and what it says, "ValueError: …", also for an exception that cannot be printed."""
    try:
        said = str(error)
    except Exception:
        said = ""
    return f"{type(error).__name__}: {said}" if said else type(error).__name__


def _fresh_module(slug: str, file: Path) -> types.ModuleType:
    """A module in `sys.modules`, where dataclasses and pickle look for it."""
    taken = sys.modules.get(slug)
    name = f"student_{slug}" if taken and not hasattr(taken, "__autograder__") else slug
    module = types.ModuleType(name)
    module.__dict__.update(__file__=str(file), __autograder__=True)
    sys.modules[name] = module
    return module


def one_blas_thread() -> None:
    """Judge speed as grading does: one BLAS thread. Only works before NumPy is imported."""
    if "numpy" not in sys.modules:
        for library in ("OMP", "OPENBLAS", "MKL", "VECLIB_MAXIMUM", "BLIS"):
            name = library if library.endswith("MAXIMUM") else f"{library}_NUM"
            os.environ.setdefault(f"{name}_THREADS", "1")
    os.environ.setdefault("MPLBACKEND", "Agg")  # plt.show() must not wait for a window


@contextlib.contextmanager
def _importable(folder: Path) -> Iterator[None]:
    for name in _siblings:
        sys.modules.pop(name, None)
    _siblings.clear()
    importlib.invalidate_caches()
    before, no_bytecode = set(sys.modules), sys.dont_write_bytecode
    sys.path.insert(0, str(folder))
    sys.dont_write_bytecode = True  # a stale .pyc would hide an edit made within one second
    try:
        yield
    finally:
        sys.dont_write_bytecode = no_bytecode
        with contextlib.suppress(ValueError):
            sys.path.remove(str(folder))
        for name in set(sys.modules) - before:
            file = getattr(sys.modules[name], "__file__", None)
            if file and Path(file).parent == folder:
                _siblings.add(name)


class _Limited(io.StringIO):
    """Keeps the first part of what is printed; the student may print in an endless loop."""

    def write(self, text: str) -> int:
        return super().write(text) if self.tell() < 20_000 else len(text)


@contextlib.contextmanager
def captured(capture: bool = True) -> Iterator[io.StringIO]:
    """Collect stdout and stderr; `input()` gets an end of file instead of waiting for ever."""
    kept = _Limited()
    if not capture:
        yield kept
        return
    stdin, sys.stdin = sys.stdin, io.StringIO()
    try:
        with contextlib.redirect_stdout(kept), contextlib.redirect_stderr(kept):
            yield kept
    finally:
        sys.stdin = stdin
