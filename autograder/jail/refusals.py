"""What a question forbids, taken away at run time.

A question's cases run in a worker from which the forbidden thing was taken away before the
submission was loaded, so every reference to it, under whatever name, leads to a refusal.
"""

from __future__ import annotations

import _imp
import ctypes
import functools
import gc
import importlib
import os
import sys
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from autograder.jail.imports import FOREIGN_CODE, INTERPRETERS, NEVER
from autograder.jail.rules import MATMUL, OPERATOR_DOORS, canonical


class RuleError(Exception):
    """The student's code used something that the question forbids."""


class ImportRefused(RuleError, ModuleNotFoundError):
    """An import that the assignment does not allow; `except ImportError` gets by without it."""


def forbid(rules: list[str], modules: Iterable[str], loadable: Iterable[str] = ()) -> None:
    """Take forbidden things away from this process, for good, before any student code runs.

    Afterwards no reference to them can be had: not through an alias, `getattr`, `eval`, an import,
    foreign functions or the garbage collector's lists.

    Args:
        rules: as in course.yml: "@", or names such as `np.dot`, `np.linalg`.
        modules: whose import fails.
        loadable: top-level modules whose import does not fail; none at all: any other.
    """
    if rules:
        # The collector must not walk objects whose type has changed. A worker is short-lived, and
        # its memory ends with it: there is nothing to collect.
        gc.disable()
        gc.enable = gc.collect = lambda *args: 0  # type: ignore[assignment]
        methods = {r.rsplit(".", 1)[1]: r for r in rules if r.startswith("np.")}
        if MATMUL in rules:
            methods |= dict.fromkeys(("__matmul__", "__rmatmul__", "__imatmul__"), MATMUL)
        gone = {id(t): (t, rule) for rule in rules for t in _targets(rule)}
        gone |= {id(t): (t, rule) for t, rule in _bound(gone, methods)}
        for target, rule in gone.values():
            _turn_into_refusal(target, rule)
        _disarm_arrays(methods, MATMUL in rules)
    known = frozenset(loadable)
    if known:
        known |= {name.partition(".")[0] for name in sys.modules}
    if rules or modules or known:
        _watch(frozenset(modules), known, back_doors=bool(rules))


def _watch(modules: frozenset[str], loadable: frozenset[str], back_doors: bool) -> None:
    """Install an audit hook, which cannot be removed.

    Everything it needs is bound here, built-in functions included: what is in a module, `builtins`
    too, can be changed by student code.
    """
    banned = modules | set(FOREIGN_CODE) if back_doors else modules
    refused = ("ctypes.", "gc.get_", "cffi.") if back_doors else ("(none)",)
    # Native code comes from the interpreter's own folders, by its plain path, or not at all.
    trusted = tuple(p.rstrip("/") + "/" for p in sys.path if p and p != os.getcwd())
    foreign = tuple(t + name + end for t in trusted for name in banned for end in "/.")

    never = frozenset(NEVER)
    inside = tuple(f"{name}." for name in INTERPRETERS)

    def hook(
        event: str,
        args: tuple[Any, ...],
        error: type[RuleError] = RuleError,
        refused_import: type[ImportRefused] = ImportRefused,
        kind: Callable[[Any], type] = type,
        text: type[str] = str,
        starts: Callable[..., bool] = str.startswith,
        ends: Callable[..., bool] = str.endswith,
        find: Callable[..., int] = str.find,
        partition: Callable[..., tuple[str, str, str]] = str.partition,
    ) -> None:
        if starts(event, refused):
            raise error("foreign functions and the collector's lists are not allowed here")
        if event == "cpython.PyInterpreterState_New":
            raise error("another interpreter is not allowed here")
        if event != "import":
            return
        name, path = args[0], args[1]
        if kind(name) is not text or partition(name, ".")[0] in banned:
            raise error("this import is not allowed here")
        if name in never or starts(name, inside):
            raise refused_import(f"`{name}` is not allowed here")
        if loadable and partition(name, ".")[0] not in loadable:
            raise refused_import(f"`{name}` is not among the modules that this assignment allows")
        if back_doors and ends(name, "_tests"):  # NumPy ships products for its own tests
            raise error("this import is not allowed here")
        if path is None:
            return
        if kind(path) is not text or not starts(path, trusted) or starts(path, foreign):
            raise error("this import is not allowed here")
        if find(path, "/./") >= 0 or find(path, "/../") >= 0 or find(path, "//") >= 0:
            raise error("this import is not allowed here")

    sys.addaudithook(hook)
    _refuse_built_in(frozenset((*NEVER, "_imp")))


def _refuse_built_in(never: frozenset[str]) -> None:
    """Modules that are part of the interpreter are made anew without an event for the hook."""
    create = _imp.create_builtin

    def checked(spec: Any, name_of: Callable[..., Any] = getattr) -> Any:
        if name_of(spec, "name") in never:
            raise ImportRefused("this module is not allowed here")
        return create(spec)

    _imp.create_builtin = checked


def _refusal(rule: str) -> Callable[..., Any]:
    def refuse(*args: Any, **kwargs: Any) -> Any:
        raise RuleError(f"`{rule}` must not be used here")

    return refuse


_kept: list[Any] = []  # objects that changed their type must never be freed


@functools.cache
def _refused(rule: str) -> type:
    """A type whose instances refuse to be called."""
    refuse = _refusal(rule)
    return type("Refused", (), {"__slots__": (), "__call__": refuse, "__getattr__": refuse})


def _turn_into_refusal(target: Any, rule: str) -> None:
    """Give an object a type whose instances refuse to be called.

    So every reference to it refuses, wherever it was stored: defaults, closures, partials, object
    arrays, context variables. No search for references could be complete.
    """
    kind = _refused(rule)
    _kept.append(target)
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(kind))
    body = type(target).__basicsize__ - _OB_BODY
    ctypes.c_size_t.from_address(id(target) + _OB_TYPE).value = id(kind)
    ctypes.memset(id(target) + _OB_BODY, 0, body)  # whoever gives it its type back has nothing


_bound_early: list[Any] = []


def look_around() -> None:
    """Note, before the zygote freezes what it has, which methods are bound in advance.

    Each worker would otherwise look at every object there is, and so copy all pages of them.
    """
    _bound_early[:] = [thing for thing in gc.get_objects() if type(thing) in _BOUND_KINDS]


def _bound(gone: dict[int, Any], methods: dict[str, str]) -> list[tuple[Any, str]]:
    """Methods bound in advance: `a.dot` of some array, `np.dot.__call__`."""
    found = []
    for thing in (*_bound_early, *gc.get_objects()):  # the latter without what is frozen
        if type(thing) not in _BOUND_KINDS:
            continue
        if id(thing.__self__) in gone:
            found.append((thing, gone[id(thing.__self__)][1]))
        elif isinstance(thing.__self__, np.ndarray) and thing.__name__ in methods:
            found.append((thing, methods[thing.__name__]))
    return found


_BOUND_KINDS = (type(len), type("".__add__))  # built-in methods, wrappers of slots


def _targets(rule: str) -> list[Any]:
    """The objects that a rule names, with the C functions behind them."""
    names = list(OPERATOR_DOORS) if rule == MATMUL else [canonical(rule)]
    found: list[Any] = []
    for name in names:
        target = _resolve(name)
        if target is None:
            continue
        members = _members(target, name) if isinstance(target, type(sys)) else [target]
        for member in members:
            found.append(member)
            implementation = getattr(member, "_implementation", None)
            if implementation is not None:
                found.append(implementation)
    behind = _BEHIND.get(canonical(rule))
    return [*found, getattr(np._core.multiarray, behind)] if behind else found  # type: ignore[attr-defined]


# C functions behind functions written in Python.
_BEHIND = {
    "numpy.einsum": "c_einsum",
    "numpy.correlate": "correlate2",
    "numpy.convolve": "correlate",
}


def _resolve(dotted: str) -> Any:
    parts = dotted.split(".")
    if parts[0] not in sys.modules:
        return None  # never imported, and the import itself is refused where it matters
    target: Any = sys.modules[parts[0]]
    for part in parts[1:]:
        target = getattr(target, part, None)
        if target is None and ".".join(parts) in sys.modules:
            target = importlib.import_module(dotted)
    return target


def _members(module: Any, name: str) -> list[Any]:
    """The functions of a module and its parts; what it has imported from elsewhere stays."""
    parts = [m for n, m in list(sys.modules.items()) if n == name or n.startswith(name + ".")]
    package = sys.modules[name.split(".")[0]]
    foreign = {id(v) for v in vars(package).values()} if package is not module else set()
    found = {}
    for part in parts:
        for value in list(vars(part).values()):
            home = getattr(value, "__module__", None)  # ufuncs have none
            own = str(home).startswith(name) if home else id(value) not in foreign
            if callable(value) and not isinstance(value, type) and own:
                found[id(value)] = value
    return list(found.values())


_OB_TYPE, _OB_BODY = 8, 16  # offsets of type and contents in every object, 64 bit
_TP_AS_NUMBER = 96  # offset of the slot table in PyTypeObject, CPython 3.11 to 3.15, 64 bit
_NB_MATMUL, _NB_IMATMUL = 34 * 8, 35 * 8


def _disarm_arrays(methods: dict[str, str], matmul: bool) -> None:
    """Take forbidden methods and `@` away from ndarray and all its subclasses."""
    for kind in _with_subclasses(np.ndarray):
        namespace = gc.get_referents(vars(kind))[0]
        for name, rule in methods.items():
            if kind is np.ndarray and name in namespace:
                old, namespace[name] = namespace[name], _refusal(rule)
                _turn_into_refusal(old, rule)
        if matmul:
            _refuse_operator(kind)
        ctypes.pythonapi.PyType_Modified(ctypes.py_object(kind))


def _with_subclasses(kind: type) -> list[type]:
    below: list[type] = kind.__subclasses__()
    return [kind, *(s for k in below for s in _with_subclasses(k))]


class _Python:
    """Its operator slots are the generic ones, which look a method up by name."""

    def __matmul__(self, other: Any) -> Any: ...

    def __imatmul__(self, other: Any) -> Any: ...


def _refuse_operator(kind: type) -> None:
    generic = ctypes.c_size_t.from_address(id(_Python) + _TP_AS_NUMBER).value
    table = ctypes.c_size_t.from_address(id(kind) + _TP_AS_NUMBER).value
    for slot in (_NB_MATMUL, _NB_IMATMUL):
        own = ctypes.c_size_t.from_address(table + slot)
        if own.value:
            own.value = ctypes.c_size_t.from_address(generic + slot).value
