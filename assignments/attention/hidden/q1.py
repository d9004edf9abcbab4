"""Softmax and masks, on fresh inputs and at the edges."""

import numpy as np

from autograder.checks import assert_array, assert_raises, expect, test_case

OK_FORMAT = False
name = "q1 (hidden)"
points = 5


@test_case(
    name="any axis, any temperature",
    points=1,
    hidden=True,
    failure_message="Three axes, each of them in turn, temperatures above and below 1. The input "
    "must stay as it is.",
)
def test_axes(softmax):
    x = np.random.default_rng(11).standard_normal((3, 4, 5))
    before = x.copy()
    for axis in (0, 1, 2, -1, -2):
        for temperature in (1.0, 0.3, 4):
            e = np.exp(x / temperature)
            got = softmax(x, axis=axis, temperature=temperature)
            assert_array(got, e / e.sum(axis=axis, keepdims=True))
    assert_array(softmax(x, 1), np.exp(x) / np.exp(x).sum(axis=1, keepdims=True))
    assert_array(x, before, what="input x after the call")
    deep = x.reshape(3, 2, 2, 1, 5)
    e = np.exp(deep)
    assert_array(softmax(deep, axis=1), e / e.sum(axis=1, keepdims=True), what="five axes")
    one = softmax(np.zeros((1, 3)), axis=0)
    assert_array(one, np.ones((1, 3)), what="weights of single scores")


@test_case(
    name="scores of any size",
    points=1,
    hidden=True,
    failure_message="Very large, very small, and both in different rows of one matrix: each row "
    "needs its own maximum.",
)
def test_stable(softmax):
    assert_array(softmax([1e4, 1e4, 0.0]), [0.5, 0.5, 0.0])
    assert_array(softmax([-1e4, -1e4 - np.log(3.0)]), [0.75, 0.25], rtol=1e-8)  # of 1e4 12 digits
    x = np.array([[5e3, 5e3], [-5e3, -5e3]])
    assert_array(softmax(x), np.full((2, 2), 0.5))
    assert_array(softmax(x.T, axis=0), np.full((2, 2), 0.5))
    assert_array(softmax([900.0, 899.0], temperature=0.001), [1.0, 0.0])


@test_case(
    name="hidden scores",
    points=1,
    hidden=True,
    failure_message="A score of -inf has weight 0. Where all are -inf, all weights are 0 and not "
    "NaN, along any axis.",
)
def test_masked(softmax):
    x = np.zeros((3, 2, 4))
    x[0, 0, 1:] = x[1, 1] = x[2, :, 0] = -np.inf
    e = np.exp(x)
    for axis in (0, 1, 2):
        total = e.sum(axis=axis, keepdims=True)
        assert_array(softmax(x, axis=axis), e / np.maximum(total, 1e-9))
    assert_array(softmax([[-np.inf, -np.inf]], temperature=2.0), [[0.0, 0.0]])


@test_case(
    name="types of numbers",
    points=0.5,
    hidden=True,
    failure_message="float32 stays float32; integers, lists and tuples become float64.",
)
def test_dtype(softmax):
    x = np.array([[0, 1, 2], [3, 3, 3]])
    expected = np.exp(x) / np.exp(x).sum(axis=1, keepdims=True)
    assert_array(softmax(x), expected, dtype=np.float64)
    assert_array(softmax(x.tolist()), expected, dtype=np.float64)
    assert_array(softmax(tuple(map(tuple, x.tolist()))), expected, dtype=np.float64)
    # single precision has seven digits
    assert_array(softmax(x.astype(np.float32)), expected, rtol=1e-5, dtype=np.float32)


@test_case(
    name="a temperature that cannot be",
    points=0.5,
    hidden=True,
    failure_message="ValueError with `temperature` in its message, for 0 and below.",
)
def test_temperature(softmax):
    for temperature in (0, 0.0, -1.0):
        assert_raises(
            ValueError, softmax, [1.0, 2.0], temperature=temperature, mentions="temperature"
        )


@test_case(
    name="masks",
    points=1,
    hidden=True,
    failure_message="Boolean, True where a query may look. Lengths of 0 and of t, one text, t = 1.",
)
def test_masks(causal_mask, padding_mask):
    for t in (1, 2, 7):
        i, j = np.indices((t, t))
        assert_array(causal_mask(t), j <= i, dtype=bool)
    for lengths, t in (([0, 5, 3], 5), (np.array([2]), 4), ((1, 1), 1)):
        expected = [[j < n for j in range(t)] for n in lengths]
        assert_array(padding_mask(lengths, t), expected, dtype=bool)
    both = causal_mask(4) & padding_mask([2, 4], 4)[:, None, :]
    expect(both.shape == (2, 4, 4), "the two masks do not fit together")
