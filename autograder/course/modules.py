"""The modules that submissions to an assignment may import, and what these need themselves."""

from __future__ import annotations

import functools
import re
import sys
from importlib import metadata
from typing import TYPE_CHECKING

from autograder.jail.imports import FOREIGN_CODE, NEVER

if TYPE_CHECKING:  # a student's check asks for names only, and should start at once
    from autograder.course.model import Assignment

# Parts of the standard library that compute by themselves, where no rule holds: a database, Tcl,
# sums of products of samples of sound. An assignment may name them in `allow_imports:`.
_COMPUTING = {"sqlite3", "_sqlite3", "tkinter", "_tkinter", "turtle", "turtledemo", "audioop"}
# The standard library but for these, for foreign code, other interpreters, CPython's own tests.
_HARMFUL = {*_COMPUTING, *FOREIGN_CODE, *NEVER, "test", "idlelib", "lib2to3", "ensurepip"}
STANDARD = frozenset(n for n in sys.stdlib_module_names if n not in _HARMFUL) | {"__future__"}
# What handouts and notebooks use everywhere.
_OURS = frozenset({"autograder", "otter"})  # stand-ins, where a submission is graded
COMMON = _OURS | frozenset({"numpy", "matplotlib", "mpl_toolkits", "IPython"})


def allowed(assignment: Assignment) -> frozenset[str]:
    """Top-level modules that a submission's source may import."""
    own = {name.partition(".")[0] for name in [*assignment.preload, *assignment.allow_imports]}
    packages = {module for p in assignment.packages for module in _modules(p)}
    return (STANDARD | COMMON | own | packages) - set(assignment.forbid_imports)


def declared(assignment: Assignment) -> frozenset[str]:
    """The same without the standard library, in course.yml's words: alike on every machine."""
    own = {name.partition(".")[0] for name in [*assignment.preload, *assignment.allow_imports]}
    return (COMMON | own | set(assignment.packages)) - set(assignment.forbid_imports)


def loadable(assignment: Assignment) -> frozenset[str]:
    """Top-level modules that may be loaded while a submission runs: the allowed ones, and what they
    import themselves, the first time that it is needed."""
    own = allowed(assignment)
    needed = {module for name in own - STANDARD - _OURS for module in _with_needs(name)}
    standard = set(sys.stdlib_module_names) - _COMPUTING
    return (own | needed | standard) - set(assignment.forbid_imports)


def lacking(assignment: Assignment) -> list[str]:
    """Those of its `packages` that are not installed here."""
    return [p for p in assignment.packages if not _installed(p)]


def _installed(distribution: str) -> bool:
    try:
        metadata.distribution(distribution)
    except metadata.PackageNotFoundError:
        return False
    return True


@functools.cache
def _with_needs(distribution: str) -> frozenset[str]:
    """The modules of an installed distribution and of all that it requires."""
    found, todo, seen = set[str](), [distribution], set[str]()
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        try:
            requires = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue
        found |= set(_modules(name))
        todo += [
            re.split(r"[^A-Za-z0-9._-]", line, maxsplit=1)[0]
            for line in requires
            if "extra ==" not in line
        ]
    return frozenset(found)


@functools.cache
def _modules(distribution: str) -> tuple[str, ...]:
    """Top-level names of what a distribution has installed; its own name, if nothing is known."""
    try:
        found = metadata.distribution(distribution)
    except metadata.PackageNotFoundError:
        return (distribution,)
    listed = found.read_text("top_level.txt")
    if listed:
        return tuple(listed.split())
    names = {file.parts[0].partition(".")[0] for file in found.files or [] if file.suffix != ".txt"}
    return tuple(sorted(n for n in names if n.isidentifier()))
