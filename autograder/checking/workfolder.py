"""A student's own folder: find the assignment, choose the file, load it in this process.

Nothing here isolates anything. It is the student's machine and the student's code; grading has a
jail for that. What matters here is that a mistake gives one sentence and a line, never a traceback.
"""

from __future__ import annotations
import __future__

import ast
import contextlib
import functools
import importlib
import io
import json
import linecache
import os
import re
import sys
import traceback
import types
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.checking.codecells import Piece, WorkError, place, read_pieces
from autograder.ground.suggestions import did_you_mean

QUESTION_FILE = re.compile(r"q\w*\.py")
"""Name of a question's test file in `tests/`."""

NOT_ASSIGNMENTS = {"conftest", "setup", "noxfile"}
FUTURE_FLAGS = 0
for _name in __future__.all_feature_names:
    FUTURE_FLAGS |= getattr(__future__, _name).compiler_flag

_siblings: set[str] = set()
"""Modules from a student's folder that the last load imported; forgotten by the next."""


@dataclass(frozen=True)
class Planned:
    """What `tests/.points.json` says of a question: its title, all its points, its rules."""

    title: str = ""
    points: float = 0.0
    manual: bool = False
    names: list[str] = field(default_factory=list)
    forbid: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Work:
    """An assignment in a student's folder."""

    folder: Path
    slug: str

    @property
    def tests(self) -> dict[str, Path]:
        """Public test files by question, in the order of their numbers."""
        found = [
            p for p in (self.folder / "tests").glob("q*.py") if QUESTION_FILE.fullmatch(p.name)
        ]
        return {p.stem: p for p in sorted(found, key=lambda p: question_order(p.stem))}

    @property
    def files(self) -> list[Path]:
        """The pair, as far as it exists: script first, then notebook."""
        pair = (self.folder / f"{self.slug}{suffix}" for suffix in (".py", ".ipynb"))
        return [path for path in pair if path.is_file()]

    def planned(self) -> dict[str, Planned]:
        """Titles and points that `autograder build` left for us; {} without such a file."""
        try:
            text = (self.folder / "tests" / ".points.json").read_text(encoding="utf-8")
            return {q: Planned(**entry) for q, entry in json.loads(text).items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}


@dataclass
class Loaded:
    """The student's file after it ran: its names, and where they come from."""

    work: Work
    file: Path
    namespace: dict[str, Any] = field(default_factory=dict)
    pieces: dict[str, Piece] = field(default_factory=dict)
    printed: str = ""

    @functools.cached_property
    def broken(self) -> dict[str, str]:
        """Question → the rule that its source breaks, as the grader will say it."""
        from autograder.jail.loader import Chunk
        from autograder.jail.rules import violations

        chunks = [
            Chunk(p.label.rstrip(", ") or self.file.name, p.source, p.tree)
            for p in self.pieces.values()
        ]
        planned = self.work.planned()
        found = violations(
            chunks,
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
        for frame, number in traceback.walk_tb(error.__traceback__ if error else None):
            filename = frame.f_code.co_filename
            if filename in self.pieces:
                where = place(self.pieces[filename], number)
            elif Path(filename).parent == self.work.folder:
                line = linecache.getline(filename, number).strip()
                where = f"{Path(filename).name}, line {number}: `{line}`"
        return where


def question_order(question: str) -> tuple[int, str]:
    """Sorting key that puts q10 after q9."""
    digits = re.search(r"\d+", question)
    return (int(digits[0]) if digits else sys.maxsize, question)


# --- find ---------------------------------------------------------------------------------------


def find_work(folder: Path, slug: str | None = None) -> Work:
    """The assignment `slug` at or below `folder`; without a slug, the only one there is.

    Raises:
        WorkError: if there is none, or more than one.
    """
    folder = folder.resolve()
    if slug is None:
        return _only_work(folder)
    name = re.sub(r"\.(py|ipynb)$", "", Path(slug).name)
    given = folder / Path(slug).parent
    places = [given / name, given / "starter" / name, given]
    for at in places:
        if Work(at, name).files:
            return Work(at.resolve(), name)
    raise WorkError(
        f"There is no assignment `{name}` here: neither {name}.py nor {name}.ipynb "
        f"is in {folder} or in its folder {name}.{did_you_mean(name, _names(given))}"
    )


def _names(folder: Path) -> set[str]:
    """The assignments that lie here, in a folder of it, or in its folder `starter`."""
    at = [folder, *(p for f in (folder, folder / "starter") if f.is_dir() for p in f.iterdir())]
    return {name for f in at if (name := slug_of(f))}


def _only_work(folder: Path) -> Work:
    own = slug_of(folder)
    if own:
        return Work(folder, own)
    below = [p for at in (folder, folder / "starter") if at.is_dir() for p in sorted(at.iterdir())]
    found = [Work(p, name) for p in below if (name := slug_of(p))]
    if len(found) == 1:
        return found[0]
    if not found:
        raise WorkError(
            f"There is no assignment in {folder}: no script or notebook with a folder `tests` "
            "beside it. Go to the assignment's folder first."
        )
    names = ", ".join(w.slug for w in found)
    raise WorkError(f"Which assignment? Here are {names}: `autograder check {found[0].slug}`.")


def slug_of(folder: Path) -> str | None:
    """Name of the assignment whose file lies in `folder` beside `tests/q*.py`, or None.

    The folder may have been renamed, and helper scripts may lie beside the assignment's own.
    """
    if not folder.is_dir() or not any((folder / "tests").glob("q*.py")):
        return None
    scripts = {p.stem for p in folder.glob("*.py")} - NOT_ASSIGNMENTS
    notebooks = {p.stem for p in folder.glob("*.ipynb")}
    for candidates in (
        {folder.name} & (scripts | notebooks),
        scripts & notebooks,
        notebooks,
        scripts,
    ):
        if len(candidates) == 1:
            return candidates.pop()
    return None


# --- choose and read ----------------------------------------------------------------------------


def choose(work: Work) -> tuple[Path, str]:
    """The file of the pair to use, and a sentence if that needs saying.

    The newer file is used. Jupytext writes both at every save, so nothing is said while they
    hold the same code.
    """
    files = work.files
    if not files:
        raise WorkError(f"{work.slug}.py and {work.slug}.ipynb are both missing in {work.folder}.")
    newest = max(files, key=lambda p: p.stat().st_mtime_ns)  # of equals the first: the script
    if len(files) == 1 or _same_code(*files):
        return newest, ""
    other = next(p for p in files if p != newest)
    return newest, f"{newest.name} and {other.name} differ; {newest.name} is newer and is used."


def _same_code(one: Path, two: Path) -> bool:
    try:
        first, second = (
            [ast.dump(node) for piece in read_pieces(path) for node in piece.tree.body]
            for path in (one, two)
        )
    except WorkError:
        return False
    return first == second


# --- load ---------------------------------------------------------------------------------------


def load(work: Work, file: Path, *, capture: bool = True) -> Loaded:
    """Run the student's file in this process, as a fresh module.

    Args:
        work: where it lies; modules beside it can be imported while it runs.
        file: script or notebook, from `choose`.
        capture: keep what it prints in `Loaded.printed`, instead of letting it print.
    Raises:
        WorkError: it does not get to its end; with the student's line.
        KeyboardInterrupt: with the student's line as its argument.
    """
    loaded = Loaded(work, file)
    loaded.pieces = {piece.filename: piece for piece in read_pieces(file)}
    one_blas_thread()
    module = _fresh_module(work.slug, file)
    loaded.namespace = module.__dict__
    with contextlib.chdir(work.folder), _importable(work.folder), captured(capture) as printed:
        try:
            _run(loaded)
        except KeyboardInterrupt as stop:
            raise KeyboardInterrupt(loaded.locate(stop)) from None
        except (Exception, SystemExit) as error:
            raise WorkError(_load_message(loaded, error), usage=False) from None
    loaded.printed = printed.getvalue()
    return loaded


def _run(loaded: Loaded) -> None:
    flags = 0  # a `from __future__ import` in one cell holds for the cells after it
    for piece in loaded.pieces.values():
        lines = piece.source.splitlines(keepends=True)
        linecache.cache[piece.filename] = (len(piece.source), None, lines, piece.filename)
        code = compile(piece.tree, piece.filename, "exec", flags=flags, dont_inherit=True)
        flags |= code.co_flags & FUTURE_FLAGS
        exec(code, loaded.namespace)


def _load_message(loaded: Loaded, error: BaseException) -> str:
    name, where = loaded.file.name, loaded.locate(error)
    tail = f"\n  {where}" if where else ""
    if isinstance(error, SystemExit):
        return f"{name} ends itself with sys.exit() while it is loaded.{tail}"
    if isinstance(error, EOFError):
        return f"{name} asks for input while it is loaded; no one is there to answer.{tail}"
    return f"{name} cannot be loaded. It raises {error_text(error)}{tail}"


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
