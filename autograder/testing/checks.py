"""Assertions for test files, in the order a teacher would look.

Every check climbs the same ladder and stops at the first broken rung: defined, returned something,
type, shape, dtype, finite, value. A message says which call was made, what came back and what was
expected, in a few lines; it never dumps an array.
"""

from __future__ import annotations

import cmath
import inspect
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from autograder.testing.otter_files import test_case as otter_test_case
from autograder.testing.stopwatch import UNCOUNTED, alone, seconds, spent, still, worked
from autograder.testing.student import (
    CheckFailed,
    LocalStudent,
    StudentError,
    as_left,
    begin_case,
    describe,
    last_call,
)
from autograder.testing.words import both, different, is_number, number, single_precision

__all__ = [
    "CheckFailed",
    "StudentError",
    "assert_array",
    "assert_close",
    "assert_equal",
    "assert_raises",
    "assert_speed",
    "expect",
    "fail",
    "test_case",
]

STUDENT = "__autograder_student__"
"""Key of the environment under which a grader offers its own `Student`."""


class test_case(otter_test_case):  # type: ignore[misc]  # noqa: N801  (Otter's own name)
    """Otter's `test_case`, with access to the student's code through `autograder.testing.student`.

    A parameter called `student` receives the `Student`; any other parameter receives the student's
    function or class of that name. Calling one that does not exist fails with a clear message.
    """

    def call_func(self, global_environment: dict[str, Any]) -> None:
        student = global_environment.get(STUDENT) or LocalStudent(global_environment)
        begin_case()
        names = inspect.signature(self.test_func).parameters
        self.test_func(**{n: student if n == "student" else student.function(n) for n in names})


def fail(message: str) -> None:
    """Fail with a message for the student; the call that was judged is put before it."""
    call = last_call()
    raise CheckFailed(f"{call}\n{message}" if call else message)


def expect(condition: bool, message: str) -> None:
    """Fail with `message` unless `condition` is true. `condition` must be a real bool."""
    if type(condition) not in (bool, np.bool_):
        raise TypeError(f"expect() wants a bool, not {type(condition).__name__}")
    if not condition:
        fail(message)


def assert_array(
    actual: Any,
    expected: Any,
    *,
    rtol: float = 1e-9,
    atol: float = 1e-12,
    dtype: Any = None,
    what: str = "result",
) -> None:
    """Check an array against the expected one: type, shape, dtype, finite, value.

    Args:
        actual: what the student's code returned.
        expected: array-like; its shape is the expected shape.
        rtol, atol: tolerance, |actual - expected| <= atol + rtol * |expected|.
        dtype: the exact dtype wanted; by default any real, complex or bool dtype will do.
        what: name of the value in messages ("gradient of w").

    An array that was an argument is judged as the student's code left it, so
    `assert_array(a, before)` tests that an argument was not modified.
    """
    actual, want = as_left(actual), np.asarray(expected)
    if actual is None:
        fail(f"expected {what}: array of shape {want.shape}\ngot: None. Is a `return` missing?")
    if not isinstance(actual, np.ndarray) and not (want.ndim == 0 and is_number(actual)):
        fail(f"expected {what}: a NumPy array\ngot: {_kind(actual)}")
    got = np.asarray(actual)
    if got.shape != want.shape:
        fail(f"expected {what}: shape {want.shape}\ngot: shape {got.shape}")
    if got.dtype.kind not in "biufc":
        fail(f"expected {what}: numbers\ngot: dtype {got.dtype}")
    if dtype is not None and got.dtype != np.dtype(dtype):
        fail(f"expected {what}: dtype {np.dtype(dtype)}\ngot: dtype {got.dtype}")
    _check_finite(got, want, what)
    _check_values(got, want, rtol, atol, what)


def _check_finite(got: np.ndarray, want: np.ndarray, what: str) -> None:
    for name, test in (("NaN", np.isnan), ("infinite", np.isinf)):
        extra = test(got) & ~test(want)
        if extra.any():
            at = tuple(int(i) for i in np.argwhere(extra)[0])
            fail(f"{what}: {int(extra.sum())} of {got.size} entries are {name}, the first at {at}")


def _check_values(got: np.ndarray, want: np.ndarray, rtol: float, atol: float, what: str) -> None:
    close = np.isclose(got, want, rtol=rtol, atol=atol, equal_nan=True)
    if close.all():
        return
    single = [line for line in [single_precision(want, got)] if line]
    if got.ndim == 0:
        _fail_number(want[()], got[()], what, single)
    with np.errstate(invalid="ignore", over="ignore"):
        difference = np.abs(np.subtract(got, want, dtype=np.result_type(got, want, np.float64)))
    difference = np.where(close, -1.0, np.nan_to_num(difference, nan=np.inf))
    at = tuple(int(i) for i in np.unravel_index(int(np.argmax(difference)), got.shape))
    count = int((~close).sum())
    differ = f"{count} of {got.size} {'values differs' if count == 1 else 'values differ'}"
    where = f"at {at}" if count == 1 else f"most at {at}"
    fail("\n".join([f"{what}: {differ}, {where}", *different(want, got, at), *single]))


def _fail_number(want: Any, got: Any, what: str, more: Sequence[str] = ()) -> None:
    expected, found = both(want, got)
    fail("\n".join([f"expected {what}: {expected}", f"got: {found}", *more]))


def assert_close(
    actual: Any, expected: float, *, rtol: float = 1e-9, atol: float = 1e-12, what: str = "result"
) -> None:
    """Check one number: returned something, a number, finite, value."""
    if actual is None:
        fail(f"expected {what}: {number(expected)}\ngot: None. Is a `return` missing?")
    if isinstance(actual, np.ndarray) and actual.size == 1:
        actual = actual.reshape(())[()]
    if not is_number(actual):
        fail(f"expected {what}: a number\ngot: {_kind(actual)}")
    value, want = complex(actual), complex(expected)
    if value != want and not (cmath.isfinite(want) and cmath.isfinite(value)):
        if cmath.isnan(want) and cmath.isnan(value):
            return
        _fail_number(expected, actual, what)
    if value != want and not abs(value - want) <= atol + rtol * abs(want):
        single = single_precision(np.asarray(want), np.asarray(value))
        _fail_number(expected, actual, what, [single] if single else [])


def assert_equal(actual: Any, expected: Any, *, what: str = "result") -> None:
    """Check plain values exactly: None, numbers, strings, and lists, tuples, dicts, sets of them.

    A list and a tuple with the same entries are equal; 1 and 1.0 are equal; True and 1 are not.
    """
    if actual is None and expected is not None:
        fail(f"expected {what}: {describe(expected)}\ngot: None. Is a `return` missing?")
    if not _same(actual, expected):
        fail(f"expected {what}: {describe(expected, 200)}\ngot: {_kind_and_value(actual)}")


def _same(a: Any, b: Any) -> bool:
    if isinstance(a, np.generic):
        a = a.item()
    if isinstance(b, np.generic):
        b = b.item()
    if isinstance(a, bool) or isinstance(b, bool):
        return type(a) is type(b) and a == b
    if isinstance(a, (int, float, complex)) and isinstance(b, (int, float, complex)):
        return a == b or (a != a and b != b)
    if isinstance(a, (str, bytes)) or a is None:
        return type(a) is type(b) and bool(a == b)
    if isinstance(a, Sequence) and isinstance(b, Sequence) and not isinstance(b, (str, bytes)):
        return len(a) == len(b) and all(_same(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, (set, frozenset)) and isinstance(b, (set, frozenset)):
        return a == b
    if isinstance(a, Mapping) and isinstance(b, Mapping):
        return a.keys() == b.keys() and all(_same(a[k], b[k]) for k in a)
    return False


def assert_raises(
    error: type[Exception],
    function: Callable[..., Any],
    *args: Any,
    mentions: str | tuple[str, ...] = (),
    **kwargs: Any,
) -> None:
    """Check that the call raises `error`, and that its message contains `mentions` if given.

    Of several it needs to contain one: where two arguments do not fit, either may be named.
    """
    names = (mentions,) if isinstance(mentions, str) else mentions
    try:
        result = function(*args, **kwargs)
    except NotImplementedError:
        raise
    except error as raised:
        message = str(raised.args[0] if raised.args else "")
        if names and not any(name in message for name in names):
            wanted = " or ".join(f"`{name}`" for name in names)
            fail(f"the message of the {error.__name__} should name {wanted}\ngot: {raised}")
        return
    except StudentError as raised:
        fail(f"expected: {error.__name__}\ngot: {raised.type_name}: {raised.message}")
    else:
        fail(f"expected: {error.__name__}\ngot: {_kind(result)} instead of an error")


def assert_speed(
    student_run: Callable[..., Any],
    reference_run: Callable[..., Any],
    *,
    at_most: float,
    rounds: int = 7,
    fresh: Callable[[], tuple[Any, ...]] | None = None,
    same: Callable[[Any, Any], object] | None = None,
) -> None:
    """Check time(student_run) <= at_most * time(reference_run), both measured in this run.

    The two run in turn and the fastest round of each is compared; of one that had to wait for its
    turn even then, the processor time of all rounds (`stopwatch`). Up to three batches of rounds
    are taken before the answer is no, and one round is enough for a clear yes. A ratio that fails
    by less than a factor of two is taken again while no other grader is at work, in up to twelve
    batches more, before it costs a point: other programs may be at work all the same, and some of
    many rounds are free of them. Both have that chance, so a slow answer stays slow.

    Args:
        fresh: makes the arguments of both anew for every call, outside the clock: who remembers the
            last ones gains nothing.
        same: judges each result of the student's by the reference's, as `assert_array` does: what
            is timed should be right.
    """
    sides = _Side(student_run, spent), _Side(reference_run, worked)
    measure = _Race(*sides, at_most, rounds, fresh or tuple, same)
    with threadpool_limits(1):  # a notebook's BLAS may have been started with more
        if measure.holds():
            return
        if measure.ratio < 2 * at_most:
            with alone():
                if measure.holds(batches=measure.affordable()):
                    return
    fail(
        f"expected: at most {at_most:g} times the reference's time\ngot: {measure.ratio:.1f} times"
    )


@dataclass
class _Side:
    """One of the two that run in turn: seconds of its fastest round, and processor time of all."""

    run: Callable[..., Any]
    clock: Callable[[], float]
    fastest: float = math.inf
    work: float = 0.0
    rounds: int = 0

    def __call__(self, given: tuple[Any, ...]) -> Any:
        worked_before, start = self.clock(), seconds()
        result = self.run(*given)
        self.fastest = min(self.fastest, seconds() - start)
        self.work += self.clock() - worked_before
        self.rounds += 1
        return result

    @property
    def waited(self) -> bool:
        """Whether even the fastest round was in part waiting for its turn."""
        return self.fastest > 1.3 * self.work / max(1, self.rounds) + UNCOUNTED

    @property
    def cost(self) -> float:
        """Seconds of a round."""
        return max(self.work / self.rounds if self.waited else self.fastest, 1e-9)


@dataclass
class _Race:
    """Two things that are run in turn, and the fastest of each."""

    student: _Side
    reference: _Side
    at_most: float
    rounds: int
    fresh: Callable[[], tuple[Any, ...]]
    same: Callable[[Any, Any], object] | None

    @property
    def ratio(self) -> float:
        return self.student.cost / self.reference.cost

    def holds(self, batches: int = 3) -> bool:
        self._round()  # cold
        for side in (self.student, self.reference):
            side.work, side.rounds = 0.0, 0
        for _ in range(batches):
            for _ in range(self.rounds):
                self._round()
                waited = self.student.waited or self.reference.waited
                if self.ratio < self.at_most / 2 and not waited:
                    return True  # no noise explains that
            if self.ratio <= self.at_most:
                return True
            if self.ratio > 4 * self.at_most:
                break  # nor that
        return False

    def affordable(self) -> int:
        """How many batches more: twelve, or what fits ten seconds of the student's, but three."""
        batch = self.rounds * max(self.student.fastest, 1e-3)
        return max(3, min(12, int(10 / batch)))

    def _round(self) -> None:
        given = self.fresh()
        got = self.student(given)
        with still():
            want = self.reference(given)
        if self.same:
            self.same(got, want)


def _kind(value: Any) -> str:
    kind = value.type_name if hasattr(type(value), "type_name") else type(value).__name__
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    return f"{kind} of length {len(value)}" if isinstance(value, (list, tuple, dict)) else kind


def _kind_and_value(value: Any) -> str:
    if hasattr(type(value), "type_name"):
        return f"a {value.type_name}"
    return f"{describe(value, 200)} ({type(value).__name__})"
