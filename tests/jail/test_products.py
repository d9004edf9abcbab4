"""The products of Python and of NumPy: found by what they compute, and named by the course's rules.

On a newer Python or NumPy this test finds what is new there.
"""

from __future__ import annotations

import inspect
import math
import operator
import statistics
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from autograder.course.model import load_course

COURSE = load_course(Path(__file__).parents[2] / "course.yml")
FORBIDDEN = COURSE.assignments["matmul"].questions["q1"].forbid
LOOKED_AT: list[ModuleType] = [math, operator, statistics, np, np.linalg, np.ma, np.char, np.fft]

# What computes sums of products and is not a door to a product: named here, with the reason.
NOT_NAMED = {
    "numpy.ma.convolve",  # NumPy's masked arrays call what is gone
    "numpy.ma.correlate",
    "numpy.ma.dot",
    "numpy.ma.inner",
    "numpy.ma.innerproduct",
    "numpy.polymul",  # by np.convolve
    "operator.__imatmul__",  # "@" stands for them
    "operator.__matmul__",
    "operator.imatmul",
    "operator.matmul",
}
ROW, COLUMN = np.array([2.0, 3.0, 5.0]), np.array([7.0, 11.0, 13.0])
A, B = np.array([[2.0, 3.0], [5.0, 7.0]]), np.array([[11.0, 13.0], [17.0, 19.0]])
DOT, PRODUCT = 2 * 7 + 3 * 11 + 5 * 13, np.array([[73.0, 83.0], [174.0, 198.0]])
CALLS: list[tuple[tuple[Any, ...], Any]] = [
    ((ROW, COLUMN), DOT),
    ((ROW.tolist(), COLUMN.tolist()), DOT),
    ((ROW[None], COLUMN[:, None]), DOT),
    ((ROW, COLUMN[::-1]), 2 * 13 + 3 * 11 + 5 * 7),
    ((ROW, COLUMN[::-1]), DOT),  # a convolution
    ((A, B), PRODUCT),
    ((A, B[:, 0]), PRODUCT[:, 0]),
    ((A[0], B), PRODUCT[0]),
    (([A, B],), PRODUCT),
    (("ij,jk", A, B), PRODUCT),
    (("i,i", ROW, COLUMN), DOT),
]


_TALKATIVE = {
    "info",
    "show_config",
    "show_runtime",
    "get_include",
    "save",
    "savetxt",
    "savez",
    "savez_compressed",
    "test",
}


def multiplies(function: Callable[..., Any]) -> bool:
    """Whether some call gives a sum of products, alone or among other values."""
    for arguments, expected in CALLS:
        copies = [a.copy() if isinstance(a, np.ndarray) else a for a in arguments]
        try:
            with np.errstate(all="ignore"), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                got = np.asarray(function(*copies), dtype=float)
        except Exception:
            continue
        size = np.size(expected)
        if size > 1 and got.shape == np.shape(expected) and np.allclose(got, expected):
            return True
        if size == 1 and got.size and (np.abs(got - expected) < 1e-9).any():
            return True
    return False


def thing_called(dotted: str) -> object:
    """What `numpy.linalg.norm` names; the name itself, where this Python lacks it."""
    thing: object = sys.modules.get(dotted.partition(".")[0])
    for part in dotted.split(".")[1:]:
        thing = getattr(thing, part, dotted)
    return thing


def test_every_product_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # for what writes files, as the next version's `save` of something
    found = set()
    for module in LOOKED_AT:
        for name in dir(module):
            value = getattr(module, name, None)
            if not callable(value) or inspect.isclass(value) or name.startswith("_test"):
                continue
            if name not in _TALKATIVE and multiplies(value):
                found.add(f"{module.__name__}.{name}")
    named = {rule.replace("np.", "numpy.") for rule in FORBIDDEN}
    things = {id(thing_called(name)) for name in named}  # `statistics.sumprod` is math's
    unnamed = {
        f for f in found if f.rpartition(".")[0] not in named and id(thing_called(f)) not in things
    }
    assert unnamed == NOT_NAMED
    assert {"numpy.dot", "numpy.matmul", "numpy.einsum", "numpy.vecdot", "operator.matmul"} <= found


def test_what_newer_versions_bring_is_named_before_they_come() -> None:
    assert {"math.sumprod", "np.vecdot", "np.matvec", "np.vecmat"} <= set(FORBIDDEN)
    assert hasattr(math, "sumprod") == multiplies(getattr(math, "sumprod", len))
