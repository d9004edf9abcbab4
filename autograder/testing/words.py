"""Numbers and arrays in messages: short, and with enough digits to see where two differ."""

from __future__ import annotations

import numbers
import re
from typing import Any

import numpy as np

MAX_ENTRIES = 12  # of an array, or of a row, that is shown whole
MAX_ROWS = 3
_DIGITS, _MOST_DIGITS = 6, 17  # significant; 17 tell any two float64 apart
# Errors of float32 arithmetic, relative to the largest value: its precision, grown by long sums.
_SINGLE = (1e-9, 1e-5)


def is_number(value: Any) -> bool:
    """Whether it is a number; True and False are none."""
    return isinstance(value, (numbers.Number, np.number)) and not isinstance(value, bool)


def number(value: Any, digits: int = 10) -> str:
    """A number with so many significant digits."""
    return f"{value:.{digits}g}" if is_number(value) else str(value)


def both(want: Any, got: Any) -> tuple[str, str]:
    """Two numbers with as many digits as it takes to tell them apart, ten at least."""
    for digits in range(10, _MOST_DIGITS + 1):
        shown = number(want, digits), number(got, digits)
        if shown[0] != shown[1]:
            break
    return shown


def different(want: np.ndarray, got: np.ndarray, at: tuple[int, ...]) -> list[str]:
    """Lines that show two arrays of one shape that differ most at `at`.

    Small ones are shown whole, a matrix row by row; of larger ones the row, or the value.
    """
    digits = _digits(want[at], got[at])
    if want.ndim == 1 and want.size <= MAX_ENTRIES:
        return [f"expected: {_row(want, digits)}", f"got:      {_row(got, digits)}"]
    if want.ndim == 2 and want.shape[1] <= MAX_ENTRIES:
        if want.shape[0] <= MAX_ROWS:
            return [*_rows("expected:", want, digits), *_rows("got:", got, digits)]
        row = at[0]
        return [
            f"expected row {row}: {_row(want[row], digits)}",
            f"got:           {' ' * len(str(row))}{_row(got[row], digits)}",
        ]
    expected, found = both(want[at], got[at])
    return [f"expected there: {expected}", f"got:            {found}"]


def _rows(label: str, matrix: np.ndarray, digits: int) -> list[str]:
    shown = [_row(row, digits) for row in matrix]
    width = len("expected: ")
    return [f"{label if i == 0 else '':<{width}}{row}" for i, row in enumerate(shown)]


def _row(values: np.ndarray, digits: int) -> str:
    return f"[{', '.join(number(v, digits) for v in values.tolist())}]"


def _digits(want: Any, got: Any) -> int:
    apart = (
        d for d in range(_DIGITS, _MOST_DIGITS) if number(want.item(), d) != number(got.item(), d)
    )
    return next(apart, _MOST_DIGITS)


def single_precision(want: np.ndarray, got: np.ndarray) -> str:
    """A line for two arrays whose every difference is as float32 makes them, or ""."""
    if want.dtype.kind not in "fc" or want.dtype.itemsize < 8 or not np.isfinite(want).all():
        return ""
    with np.errstate(all="ignore"):
        error = float(np.abs(want - got).max(initial=0.0))
        scale = float(np.abs(want).max(initial=0.0))
    if not scale or not _SINGLE[0] < error / scale < _SINGLE[1]:
        return ""
    return "Every difference is of the size of single precision (float32); this wants float64."


_UNPACKED = re.compile(
    r"(?:not enough|too many) values to unpack \(expected (\d+)(?:, got (\d+))?\)"
)


def unusable(error: BaseException, said: str) -> str:
    """Why a test could not go on with what came back.

    Args:
        said: the error as text, "TypeError: …".
    """
    wrong = _UNPACKED.search(str(error)) if isinstance(error, ValueError) else None
    if wrong:
        expected, got = wrong.groups()
        return f"expected: {_values(expected)}\ngot: {_values(got) if got else 'more'}"
    single = re.search(r"cannot unpack non-iterable (\w+) object", str(error))
    if single and isinstance(error, TypeError):
        one = "None. Is a `return` missing?" if single[1] == "NoneType" else f"one, of {single[1]}"
        return f"expected: several values\ngot: {one}"
    return f"what came back cannot be used here: {said}"


def _values(count: str) -> str:
    return "1 value" if count == "1" else f"{count} values"
