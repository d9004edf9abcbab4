"""Softmax and masks."""

import numpy as np

from autograder.checks import assert_array, test_case

OK_FORMAT = False
name = "q1"
points = 5
hints = [
    "Write the formula first: exponentials, divided by their sum along the axis. `keepdims=True` "
    "keeps the sum in a shape that broadcasts.",
    "Subtract the maximum along the axis before you exponentiate. A maximum of -inf needs care: "
    "-inf - (-inf) is NaN. Subtract 0 there instead.",
    "`np.where(total == 0, 1, total)` as the divisor gives zeros where everything is masked. "
    "`np.tri` and a comparison with `np.arange(t)` make the masks.",
]


@test_case(
    name="the handout's example",
    points=1,
    failure_message="The exponentials are 1, 2, 3, and 6 is their sum. In a matrix each row adds "
    "up to 1, unless another axis is asked for.",
)
def test_by_hand(softmax):
    x = np.log([1.0, 2.0, 3.0])
    assert_array(softmax(x), [1 / 6, 2 / 6, 3 / 6])
    rows = np.log([[1.0, 1.0], [1.0, 3.0]])
    assert_array(softmax(rows), [[0.5, 0.5], [0.25, 0.75]])
    assert_array(softmax(rows, axis=0), [[0.5, 0.25], [0.5, 0.75]])


@test_case(
    name="temperature",
    points=1,
    failure_message="Divide the scores by the temperature: at 1/2 the exponentials are squared.",
)
def test_temperature(softmax):
    x = np.log([1.0, 2.0, 3.0])
    assert_array(softmax(x, temperature=0.5), [1 / 14, 4 / 14, 9 / 14])


@test_case(
    name="large scores, and hidden ones",
    points=1,
    failure_message="e^1000 overflows: subtract the maximum first. A score of -inf has weight 0, "
    "and a row of nothing but -inf is all zeros.",
)
def test_stable(softmax):
    assert_array(softmax([1000.0, 1000.0]), [0.5, 0.5])
    inf = np.inf
    x = np.array([[0.0, -inf, 0.0], [-inf, -inf, -inf]])
    assert_array(softmax(x), [[0.5, 0.0, 0.5], [0.0, 0.0, 0.0]])


@test_case(
    name="both masks",
    points=1,
    failure_message="True means: may look. Query i looks at keys 0 … i, itself included; a text of "
    "length n has n True at the beginning of its row.",
)
def test_masks(causal_mask, padding_mask):
    causal = [[True, False, False], [True, True, False], [True, True, True]]
    assert_array(causal_mask(3), causal, dtype=bool)
    padding = [[True, False, False, False], [True, True, True, False]]
    assert_array(padding_mask([1, 3], 4), padding, dtype=bool)


@test_case(
    name="types of numbers",
    points=1,
    failure_message="float32 stays float32; integers become float64, and lists are welcome. "
    "`floats` above does both.",
)
def test_dtype(softmax):
    assert_array(softmax([0, 0]), [0.5, 0.5], dtype=np.float64)
    x = np.log(np.array([1, 3], dtype=np.float32))
    assert_array(softmax(x), [0.25, 0.75], rtol=1e-6, dtype=np.float32)  # seven digits
