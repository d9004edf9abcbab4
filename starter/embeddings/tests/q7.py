"""Neighbours as probabilities."""

import numpy as np

from autograder.checks import assert_array, assert_close, assert_raises, test_case

OK_FORMAT = False
name = "q7"
points = 5.5
hints = [
    "For one row: p = exp(-β (d² - smallest d²)) over the others, divided by its sum; "
    "H = -Σ p ln p. If H is above ln(perplexity), β has to grow.",
    "Start with low = 0, high = infinity, β = 1 over the mean d² of the row. No upper bound yet: "
    "double β; else take the middle. Stop when H is within 1e-9 of ln(perplexity).",
    "All rows at once: β, low and high have shape (n, 1), `np.where` moves the bounds.",
]


def perplexities(p):
    inside = np.where(p > 0, p, 1.0)
    return np.exp(-(p * np.log(inside)).sum(axis=1))


@test_case(
    name="the handout's three points",
    points=1.5,
    failure_message="From 0, the points at 1 and 3 have the probabilities 2/3 and 1/3 if the "
    "perplexity is exp(H) of just these.",
)
def test_handout(conditional_affinities):
    wanted = float(np.exp(-(2 / 3 * np.log(2 / 3) + 1 / 3 * np.log(1 / 3))))
    p = conditional_affinities([[0.0], [1.0], [3.0]], wanted)
    assert_array(p, np.zeros((3, 3)), atol=1, what="P")
    assert_array(p[0], [0, 2 / 3, 1 / 3], rtol=1e-4, what="row 0")


@test_case(
    name="every row has the perplexity",
    points=1.5,
    failure_message="Rows sum to 1, the diagonal is 0, and exp of each row's entropy is the given "
    "perplexity, to within a millionth of it.",
)
def test_perplexity(conditional_affinities):
    x = np.random.default_rng(71).standard_normal((20, 3))
    p = conditional_affinities(x, 5.0)
    assert_array(p.sum(axis=1), np.ones(20), what="sums of rows")
    assert_array(np.diag(p), np.zeros(20), what="diagonal")
    assert_array(perplexities(p), np.full(20, 5.0), rtol=1e-6, what="perplexities")


@test_case(
    name="both directions averaged",
    points=1.5,
    failure_message="(P + its transpose) / 2n: symmetric, with sum 1.",
)
def test_joint(joint_affinities):
    p = [[0, 1, 0], [0.5, 0, 0.5], [0.25, 0.75, 0]]
    want = np.array([[0, 1.5, 0.25], [1.5, 0, 1.25], [0.25, 1.25, 0]]) / 6
    assert_array(joint_affinities(p), want)
    assert_close(joint_affinities(p).sum(), 1.0, what="sum")


@test_case(
    name="a perplexity that cannot be",
    points=1,
    failure_message="Four points have at most three neighbours each: 1 and 3 are the limits, and "
    "not allowed themselves.",
)
def test_limits(conditional_affinities):
    x = [[0.0], [1.0], [3.0], [7.0]]
    for perplexity in (3.0, 1.0, 0.5, 10):
        assert_raises(ValueError, conditional_affinities, x, perplexity, mentions="perplexity")
    assert_array(conditional_affinities(x, 2.9).sum(axis=1), np.ones(4), what="sums of rows")
