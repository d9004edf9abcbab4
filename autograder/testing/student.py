"""How a test case reaches a student's code.

A test case never touches the student's module. It receives *functions by name* and, where objects
with state are involved, `student`, which runs a small probe beside the student's objects. Here is
the plain version for a student's own machine, where both are ordinary calls in this process. The
grader uses the same interface across a process boundary (`autograder.jail.proxy`).
"""

from __future__ import annotations

import ast
import builtins
import inspect
import reprlib
import symtable
import textwrap
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, Protocol

from autograder.ground.text import printable

MAX_STEPS, MAX_STEP = 6, 100
"""Lines of a probe that a message shows, and characters of each."""


class CheckFailed(AssertionError):
    """A check on what a student's code did, with a message meant for that student."""


class StudentError(Exception):
    """The student's code raised. Subclasses also derive from the built-in type it raised.

    Attributes:
        type_name: name of the nearest built-in exception type.
        message: what the exception says.
        where: "line 12: `return a @ b`", or "" if the error is not in the student's file.
    """

    def __init__(self, type_name: str, message: str, where: str = "", call: str = "") -> None:
        message = printable(message)  # as it comes from the jail
        super().__init__(message)
        self.type_name, self.message, self.where, self.call = type_name, message, where, call

    def __str__(self) -> str:
        did = f"raised {self.type_name}: {self.message}"
        did = "called sys.exit()" if self.type_name == "SystemExit" else did
        text = f"{self.call or 'your code'} {did}"
        return f"{text}\n  {self.where}" if self.where else text


def student_error(type_name: str, message: str, where: str = "", call: str = "") -> StudentError:
    """Make a `StudentError` that `except ValueError` catches too if a ValueError was raised."""
    base = getattr(builtins, type_name, None)
    if not (isinstance(base, type) and issubclass(base, Exception)):
        return StudentError(type_name, message, where, call)
    if issubclass(base, (StopIteration, StopAsyncIteration)):
        return StudentError(type_name, message, where, call)  # it would end a test's own loop
    if issubclass(base, UnicodeError):
        base = UnicodeError  # its subclasses want five arguments
    kind = type(base.__name__, (StudentError, base), {})
    error: StudentError = kind(base.__name__, message, where, call)
    return error


class Student(Protocol):
    """What a test case sees of a submission."""

    def function(self, name: str) -> Callable[..., Any]:
        """The student's function or class of that name, to be called."""
        ...

    def __call__(self, probe: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Run `probe` beside the student's code and return its plain values.

        Parameters of the probe that are not given here are looked up by name in the submission.
        """
        ...


def describe_call(name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> str:
    """A call as a student would write it, arrays by their shape: `f(array (3, 4), block=2)`."""
    shown = [describe(a) for a in args] + [f"{k}={describe(v)}" for k, v in kwargs.items()]
    return f"{name}({', '.join(shown)})"


def describe_probe(probe: Callable[..., Any], given: Mapping[str, Any]) -> str:
    """What a probe does with the student's code, as the student would write it: its statements."""
    try:
        tree = ast.parse(probe_source(probe))
    except (OSError, TypeError, SyntaxError):
        return f"the test's `{probe.__name__}`"
    lines = [f"{name} = {describe(value)}" for name, value in given.items()]
    lines += [line[4:] for line in ast.unparse(tree).split("\n")[1:]]
    if len(lines) > MAX_STEPS:
        lines = [*lines[: MAX_STEPS - 2], "…", lines[-1]]
    return "\n".join(["the test did:", *(f"  {line[:MAX_STEP]}" for line in lines)])


def describe(value: Any, width: int = 60) -> str:
    """One short phrase for a value: small things as they are, arrays by shape and dtype."""
    if hasattr(type(value), "type_name"):  # opaque: asking it anything would call student code
        return f"a {value.type_name}"
    shape, dtype = getattr(value, "shape", None), getattr(value, "dtype", None)
    if isinstance(shape, tuple) and dtype is not None and shape != ():
        kind = str(dtype)
        return f"array {shape}" + ("" if kind == "float64" else f" {kind}")
    if type(value).__module__ == "numpy.random._generator":
        return "rng"
    if callable(value) and hasattr(value, "__name__"):
        return str(value.__name__)
    text = _Short().repr(value)
    return text if len(text) <= width else text[: width - 1] + "…"


class _Short(reprlib.Repr):
    """A `repr` that stops early: a result can be a million numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.maxlevel, self.maxlist, self.maxtuple, self.maxset, self.maxfrozenset = (
            3,
            12,
            12,
            12,
            12,
        )
        self.maxdict, self.maxstring, self.maxlong, self.maxother = 8, 100, 60, 100
        self.fillvalue = "…"

    def repr_ndarray(self, array: Any, level: int) -> str:
        return describe(array) if array.shape else repr(array[()])


class LocalStudent:
    """The student's own names, called in this process (public tests on a student's machine).

    Args:
        limit: makes what each call of the student's code runs in, such as a limit of time.
    """

    def __init__(
        self,
        names: Mapping[str, Any],
        filename: str = "",
        limit: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        self._names, self._filename, self._limit = names, filename, limit

    def function(self, name: str) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            shown = describe_call(name, args, kwargs)
            note_call(shown)
            with _own_arrays(args, kwargs) as (own_args, own_kwargs):
                return self._run(lambda: self._callable(name)(*own_args, **own_kwargs), shown)

        call.__name__ = name
        return call

    def __call__(self, probe: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        probe_source(probe)  # the same complaint here as in grading, if it uses what lies outside
        signature = inspect.signature(probe)
        given = signature.bind_partial(*args, **kwargs).arguments
        wanted = names_wanted(signature, given)
        found = {p: self._lookup(p) for p in wanted}
        note_call(lambda: describe_probe(probe, given))
        result = self._run(lambda: probe(**given, **found), "")
        return self._guarded(result) if callable(result) else result

    def _guarded(self, function: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *args, **kwargs: self._run(lambda: function(*args, **kwargs), "")

    def _lookup(self, name: str) -> Any:
        if name not in self._names:
            raise CheckFailed(not_defined(name))
        return self._names[name]

    def _callable(self, name: str) -> Callable[..., Any]:
        value = self._lookup(name)
        if not callable(value):
            raise CheckFailed(not_callable(name, type(value).__name__))
        return value  # type: ignore[no-any-return]

    def _run(self, thunk: Callable[[], Any], call: str) -> Any:
        try:
            with self._limit():
                return thunk()
        except (CheckFailed, StudentError):
            raise
        except (Exception, SystemExit) as error:
            where = student_line(error, self._filename)
            raise student_error(builtin_name(error), str(error), where, call) from error


@contextmanager
def _own_arrays(
    args: tuple[Any, ...], kwargs: Mapping[str, Any]
) -> Iterator[tuple[list[Any], dict[str, Any]]]:
    """Copies of array arguments for the student's code; what it changes in them is noted."""
    import numpy as np  # not at the top: `student` is imported where NumPy should not be yet

    copies: dict[int, tuple[Any, Any]] = {}

    def copied(value: Any) -> Any:
        if type(value) is not np.ndarray:
            return value
        return copies.setdefault(id(value), (value, value.copy()))[1]

    yield [copied(v) for v in args], {k: copied(v) for k, v in kwargs.items()}
    for original, copy in copies.values():
        if original.tobytes() != copy.tobytes():
            note_change(original, copy)


def not_defined(name: str) -> str:
    return f"`{name}` is not defined in your file. Is it spelled exactly like this?"


def not_callable(name: str, kind: str) -> str:
    return f"`{name}` should be a function or class, but it is {kind}."


def builtin_name(error: BaseException) -> str:
    """Name of the nearest built-in type: a subclass of ValueError counts as ValueError."""
    for kind in type(error).__mro__:
        if kind.__module__ == "builtins":
            return kind.__name__
    return "Exception"


def student_line(error: BaseException, filename: str = "") -> str:
    """The innermost line of the student's own file in a traceback, or ""."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if (f.filename == filename if filename else _is_students(f.filename))]
    return f"line {own[-1].lineno}: `{own[-1].line}`" if own else ""


def _is_students(filename: str) -> bool:
    # A notebook cell compiles to a temporary ipykernel file, or to <ipython-input-…>.
    return "ipykernel" in filename or filename.startswith("<ipython-input")


def names_wanted(signature: inspect.Signature, given: Mapping[str, Any]) -> list[str]:
    """The parameters of a probe that are names of the student's: neither given nor defaulted."""
    parameters = signature.parameters.values()
    return [p.name for p in parameters if p.name not in given and p.default is p.empty]


def probe_source(probe: Callable[..., Any]) -> str:
    """The source of a probe as it travels: no comments, no docstring, nothing from outside.

    Raises:
        TypeError: if the probe uses a name that is neither a parameter, a built-in nor its own.
    """
    source = textwrap.dedent(inspect.getsource(probe))
    outside = sorted(_outside_names(symtable.symtable(source, "probe", "exec")))
    if outside:
        raise TypeError(
            f"probe {probe.__name__} uses {', '.join(outside)} from outside; "
            "pass values as arguments and import modules inside the probe"
        )
    tree = ast.parse(source)
    function = tree.body[0]
    if not isinstance(function, ast.FunctionDef):
        raise TypeError("a probe is a function written with def")
    function.decorator_list = []
    if ast.get_docstring(function, clean=False) is not None and len(function.body) > 1:
        del function.body[0]
    return ast.unparse(tree)


def _outside_names(table: symtable.SymbolTable) -> set[str]:
    """Names that a piece of source takes from around it, built-ins left out."""
    inner = [_outside_names(child) for child in table.get_children()]
    own = {s.get_name() for s in table.get_symbols() if s.is_global() and s.is_referenced()}
    return {n for n in own.union(*inner) if not hasattr(builtins, n) and n not in _OF_THE_COMPILER}


# What the compiler of 3.14 notes down in a class whose annotations stand under an `if`.
_OF_THE_COMPILER = {"__conditional_annotations__"}


# The last call a test made into the student's code, for the failure message; made when asked for.
_last_call: str | Callable[[], str] = ""


def note_call(shown: str | Callable[[], str]) -> None:
    """Remember the call that is about to happen."""
    global _last_call
    _last_call = shown


def last_call() -> str:
    """The call whose result is being judged, as text; "" if there was none."""
    return _last_call if isinstance(_last_call, str) else _last_call()


# Arguments that the student's code changed in place, as it left them. The test's own arrays stay
# as they are, or `assert_array(f(a, b), a @ b)` would compute the answer from a changed `a`.
_changes: dict[int, tuple[Any, Any]] = {}


def note_change(original: Any, changed: Any) -> None:
    """Remember what the student's code made of an argument."""
    _changes[id(original)] = (original, changed)


def as_left(array: Any) -> Any:
    """An array as the student's code left it: changed, if it was an argument that was changed."""
    found = _changes.get(id(array))
    return found[1] if found is not None and found[0] is array else array


def begin_case() -> None:
    """Forget the calls and changes of earlier test cases."""
    note_call("")
    _changes.clear()
