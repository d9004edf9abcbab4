"""Scaled dot-product attention."""

import numpy as np

from autograder.checks import assert_array, assert_raises, test_case

OK_FORMAT = False
name = "q2"
points = 7
hints = [
    "Three lines: scores, weights, output. `k.swapaxes(-1, -2)` transposes the last two axes "
    "whatever stands in front; `.T` turns all of them around.",
    "Where the mask is False the score becomes -inf, before the softmax. Your softmax of q1 then "
    "does the rest, with empty rows too.",
    "Divide `q @ k.swapaxes(-1, -2)` by `math.sqrt(q.shape[-1])`; `np.where(mask, …, -np.inf)`; "
    "softmax over the last axis; and the weights times v. Look at `mask.dtype` before all that.",
]


@test_case(
    name="the handout's example",
    points=2,
    failure_message="Scores (ln 9, 0), divided by √4 = 2: (ln 3, 0). Weights 3/4 and 1/4. Return "
    "both: output, weights.",
)
def test_by_hand(scaled_dot_product_attention):
    q = [[np.log(9.0), 0.0, 0.0, 0.0]]
    k = [[1.0, 0.0, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0]]
    v = [[8.0, 0.0], [0.0, 4.0]]
    output, weights = scaled_dot_product_attention(q, k, v)
    assert_array(weights, [[0.75, 0.25]], what="weights")
    assert_array(output, [[6.0, 1.0]], what="output")


@test_case(
    name="a causal mask",
    points=2,
    failure_message="All scores are equal here, so each query averages the values that it may see. "
    "Each row of weights adds up to 1.",
)
def test_causal(scaled_dot_product_attention):
    q, v = np.zeros((3, 2)), np.array([[6.0], [12.0], [0.0]])
    mask = np.tri(3, dtype=bool)
    output, weights = scaled_dot_product_attention(q, q, v, mask)
    third = 1 / 3
    expected = [[1.0, 0.0, 0.0], [0.5, 0.5, 0.0], [third, third, third]]
    assert_array(weights, expected, what="weights")
    assert_array(output, [[6.0], [9.0], [6.0]], what="output")


@test_case(
    name="a mask that is not boolean",
    points=1,
    failure_message="0 and 1, or 0 and -inf: nobody can know what is meant. ValueError, with "
    "`mask` in the message.",
)
def test_mask_type(scaled_dot_product_attention):
    q = np.zeros((2, 2))
    assert_raises(
        ValueError, scaled_dot_product_attention, q, q, q, np.ones((2, 2)), mentions="mask"
    )


@test_case(
    name="a batch of two texts",
    points=1,
    failure_message="Two texts at once give what each gives alone; `padding_mask` gets an axis for "
    "the queries and then broadcasts. `.T` would turn the axis of texts around too.",
)
def test_batch(scaled_dot_product_attention):
    q, k, v = np.random.default_rng(2).standard_normal((3, 2, 4, 3))
    padding = np.array([[[True, True, False, False]], [[True, True, True, True]]])  # (2, 1, 4)
    output, weights = scaled_dot_product_attention(q, k, v, padding)
    for text, length in enumerate((2, 4)):
        e = np.exp(q[text] @ k[text, :length].T / np.sqrt(3))
        expected = e / e.sum(axis=1, keepdims=True)
        assert_array(weights[text, :, :length], expected, what=f"weights of text {text}")
        assert_array(output[text], expected @ v[text, :length], what=f"output of text {text}")


@test_case(
    name="large scores, and nothing to look at",
    points=1,
    failure_message="Subtract the maximum of each row, of what is not masked. A row in which "
    "everything is masked gets zeros.",
)
def test_edges(scaled_dot_product_attention):
    q, v = np.ones((2, 1)), np.array([[8.0], [4.0]])
    k = np.array([[-5000.0], [-5000.0]])
    mask = np.array([[True, True], [False, False]])
    output, weights = scaled_dot_product_attention(q, k, v, mask)
    assert_array(weights, [[0.5, 0.5], [0.0, 0.0]], what="weights")
    assert_array(output, [[6.0], [0.0]], what="output")
