"""Surprise and entropy."""

import numpy as np

from autograder.checks import assert_array, assert_close, assert_raises, test_case

OK_FORMAT = False
name = "q1"
points = 5
hints = [
    "entropy: check `p` first, then -(p * log2 p).sum(axis=-1). Where p is 0 the product has to be "
    "0: `np.where(p > 0, …, 0)`, or the logarithm of `np.where(p > 0, p, 1)`.",
    "logits: subtract the largest of each row (`max(axis=-1, keepdims=True)`), take `np.exp`, and "
    "the sum. The logarithm of a probability is the shifted logit minus the logarithm of that sum.",
    "H = (ln Σ e^z − Σ p z) / ln 2 with the shifted z. A logit of -inf has p = 0, and 0 · (−inf) "
    "is NaN: put 0 in its place first.",
]


@test_case(
    name="the four letters",
    points=1,
    failure_message="0.5 + 0.5 + 0.375 + 0.375 bits. With the natural logarithm it would be 1.21.",
)
def test_letters(entropy):
    assert_close(entropy([0.5, 0.25, 0.125, 0.125]), 1.75)
    assert_close(entropy(np.full(4, 0.25)), 2.0)
    assert_close(entropy([0.9, 0.1]), 0.4689955935892812)


@test_case(
    name="a symbol that never comes",
    points=1,
    failure_message="0 · log 0 is 0 here, and NaN in floats.",
)
def test_zeros(entropy):
    assert_close(entropy([0.5, 0.0, 0.5]), 1.0)
    assert_close(entropy([0.0, 1.0]), 0.0)


@test_case(
    name="many distributions at once",
    points=1,
    failure_message="The last axis is the one with the symbols; all others stay.",
)
def test_shapes(entropy, entropy_of_logits):
    p = [[[1.0, 0.0], [0.5, 0.5]], [[0.25, 0.75], [0.5, 0.5]], [[0.0, 1.0], [0.75, 0.25]]]
    want = [[0.0, 1.0], [0.8112781244591328, 1.0], [0.0, 0.8112781244591328]]
    assert_array(entropy(p), want, what="entropy")
    logits = np.array([[0.0, 0.0, 0.0, 0.0], [7.0, 7.0, -np.inf, -np.inf]])
    assert_array(entropy_of_logits(logits), [2.0, 1.0], what="entropy_of_logits")


@test_case(
    name="logits of any size",
    points=1,
    failure_message="Subtract the largest logit of the row before `exp`: nothing changes but what "
    "fits into a float.",
)
def test_logits(entropy_of_logits):
    logits = np.log([0.5, 0.25, 0.125, 0.125])
    for shift in (0.0, 1000.0, -1000.0):
        assert_close(entropy_of_logits(logits + shift), 1.75, rtol=1e-9)
    assert_close(entropy_of_logits([1000.0, -1000.0]), 0.0)


@test_case(
    name="what is no distribution",
    points=1,
    failure_message="ValueError for a negative entry, a NaN, or a sum that is not 1; and for "
    "logits with NaN, +inf, or nothing but -inf.",
)
def test_errors(entropy, entropy_of_logits):
    for bad in ([0.5, 0.6], [1.5, -0.5], [np.nan, 1.0]):
        assert_raises(ValueError, entropy, bad, mentions="p")
    for bad in ([np.nan, 0.0], [np.inf, 0.0], [-np.inf, -np.inf]):
        assert_raises(ValueError, entropy_of_logits, bad, mentions="logits")
