"""Messages show where two values differ."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from autograder.checks import CheckFailed, assert_array, assert_close, assert_raises
from autograder.testing.student import LocalStudent, begin_case
from autograder.testing.words import unusable


def said(check: Callable[..., None], *args: object, **kwargs: object) -> str:
    begin_case()
    with pytest.raises(CheckFailed) as failed:
        check(*args, **kwargs)
    return str(failed.value)


THIRD = 1 / 3


def test_one_number_off_by_little() -> None:
    assert said(assert_close, THIRD + 1e-8, THIRD) == (
        "expected result: 0.3333333333\ngot: 0.3333333433\n"
        "Every difference is of the size of single precision (float32); this wants float64."
    )
    assert said(assert_close, THIRD + 2e-13, THIRD, rtol=0, atol=0) == (
        "expected result: 0.333333333333\ngot: 0.333333333334"
    )


def test_a_vector_with_enough_digits_for_the_worst_place() -> None:
    want = np.array([1.0, THIRD, 2.0])
    assert said(assert_array, want + np.array([0, 1e-8, 0]), want) == (
        "result: 1 of 3 values differs, at (1,)\n"
        "expected: [1, 0.33333333, 2]\n"
        "got:      [1, 0.33333334, 2]\n"
        "Every difference is of the size of single precision (float32); this wants float64."
    )


def test_a_matrix_row_by_row() -> None:
    want = np.arange(6.0).reshape(2, 3)
    assert said(assert_array, want + np.array([[0, 0, 0], [0, 7, 0]]), want) == (
        "result: 1 of 6 values differs, at (1, 1)\n"
        "expected: [0, 1, 2]\n"
        "          [3, 4, 5]\n"
        "got:      [0, 1, 2]\n"
        "          [3, 11, 5]"
    )


def test_the_worst_row_of_a_taller_matrix() -> None:
    want = np.arange(20.0).reshape(10, 2)
    got = want.copy()
    got[7, 1] = -1
    assert said(assert_array, got, want) == (
        "result: 1 of 20 values differs, at (7, 1)\n"
        "expected row 7: [14, 15]\n"
        "got:            [14, -1]"
    )


def test_the_value_there_of_a_large_array() -> None:
    want = np.linspace(0, 1, 40).reshape(2, 20)
    got = want.astype(np.float32).astype(float)
    told = said(assert_array, got, want)
    assert "expected there: 0.5128205128\ngot:            0.5128205419\n" in told
    assert told.endswith("of the size of single precision (float32); this wants float64.")


def test_large_errors_are_not_those_of_single_precision() -> None:
    assert "single" not in said(assert_array, np.array([1.0, 2.1]), np.array([1.0, 2.0]))
    float32 = np.array([1.0], dtype=np.float32)
    assert "single" not in said(assert_array, float32 + np.float32(1e-6), float32)


@pytest.mark.parametrize(
    ("back", "told"),
    [
        ((1, 2, 3), "expected: 2 values\ngot: "),
        ((1,), "expected: 2 values\ngot: 1 value"),
        (5, "expected: several values\ngot: one, of int"),
        (None, "expected: several values\ngot: None. Is a `return` missing?"),
    ],
)
def test_how_many_values_came_back(back: object, told: str) -> None:
    with pytest.raises((TypeError, ValueError)) as raised:
        _one, _two = back  # type: ignore[misc]
    assert unusable(raised.value, str(raised.value)).startswith(told)


def test_what_a_probe_did_is_told_in_its_statements() -> None:
    class Counter:
        def step(self) -> float:
            return 2.0

    def probe(Counter, start):
        """Not said."""
        counter = Counter()
        return counter.step() + start

    student = LocalStudent({"Counter": Counter})
    begin_case()
    result = student(probe, start=np.float64(0))
    with pytest.raises(CheckFailed) as failed:
        assert_close(result, 1.0)
    assert str(failed.value) == (
        "the test did:\n  start = np.float64(0.0)\n  counter = Counter()\n"
        "  return counter.step() + start\nexpected result: 1\ngot: 2"
    )


def test_an_error_may_name_one_of_several_arguments() -> None:
    def refuse(said: str) -> None:
        raise ValueError(said)

    assert_raises(ValueError, refuse, "the text is too short", mentions=("order", "text"))
    with pytest.raises(CheckFailed, match="should name `order` or `text`\ngot: too short"):
        assert_raises(ValueError, refuse, "too short", mentions=("order", "text"))
    with pytest.raises(CheckFailed, match="should name `order`\ngot: "):
        assert_raises(ValueError, refuse, "the text is too short", mentions="order")


def test_the_colours_of_an_error_are_left_out() -> None:
    def load() -> None:
        raise RuntimeError("do it \x1b[1monly if you trust the source\x1b[0m.")

    with pytest.raises(RuntimeError) as raised:
        LocalStudent({"load": load}).function("load")()
    assert raised.value.args == ("do it only if you trust the source.",)
