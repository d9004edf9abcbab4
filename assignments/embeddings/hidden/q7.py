"""Neighbours as probabilities: fresh inputs."""

import numpy as np

from autograder.checks import assert_array, assert_raises, expect, test_case

OK_FORMAT = False
name = "q7 (hidden)"
points = 4.5


def entropy(d2, beta):
    weight = np.exp(-beta * (d2 - d2.min()))
    p = weight / weight.sum()
    return -np.sum(p[p > 0] * np.log(p[p > 0])), p


def oracle(x, perplexity):
    """Row by row, by bisection of ln β between what no float can leave."""
    n = len(x)
    result = np.zeros((n, n))
    for i in range(n):
        others = np.delete(np.arange(n), i)
        d2 = ((x[others] - x[i]) ** 2).sum(axis=1)
        low, high = -100.0, 100.0
        for _ in range(80):
            middle = (low + high) / 2
            if entropy(d2, np.exp(middle))[0] > np.log(perplexity):
                low = middle
            else:
                high = middle
        result[i, others] = entropy(d2, np.exp(low))[1]
    return result


def judge(function, x, perplexity):
    before = x.copy()
    got = function(x, perplexity)
    # A millionth of the perplexity leaves about as much of each probability.
    assert_array(got, oracle(x, perplexity), rtol=2e-4, atol=1e-7, dtype=np.float64, what="P")
    inside = np.where(got > 0, got, 1.0)
    reached = np.exp(-(got * np.log(inside)).sum(axis=1))
    assert_array(reached, np.full(len(x), float(perplexity)), rtol=1.01e-6, what="perplexities")
    assert_array(x, before, what="x after the call")


@test_case(
    name="small and large perplexities",
    points=1.5,
    hidden=True,
    failure_message="Each point has a β of its own. Perplexities from just above 1 to just below "
    "n - 1.",
)
def test_many(conditional_affinities, student):
    x = np.random.default_rng(72).standard_normal((14, 4)) ** 3
    for perplexity in (1.05, 2, 6.5, 12.5):
        judge(conditional_affinities, x, perplexity)
    single = x.astype(np.float32)
    got, want = conditional_affinities(single, 3), oracle(single.astype(float), 3)
    assert_array(got, want, rtol=2e-4, atol=1e-7, dtype=np.float64, what="P of float32")

    def columns(conditional_affinities, x):
        import numpy as np

        return conditional_affinities(np.asfortranarray(x), 3)

    want = oracle(x, 3)
    assert_array(
        student(columns, x=x), want, rtol=2e-4, atol=1e-7, what="P of what lies in columns"
    )
    got = conditional_affinities(x.tolist(), 3)
    assert_array(got, oracle(x, 3), rtol=2e-4, atol=1e-7, what="P of a list")
    expect(bool((np.diag(got) == 0).all()), "a point chooses itself")


@test_case(
    name="another unit, another place",
    points=1,
    hidden=True,
    failure_message="β depends on the unit of x: bounds or starting values that are fixed do not "
    "find it. An offset of all points changes no distance.",
)
def test_units(conditional_affinities):
    x = np.random.default_rng(73).standard_normal((11, 3))
    for factor in (1e6, 1e-6):
        judge(conditional_affinities, x * factor, 4.0)
    # An offset of 10⁸ costs x eight of its sixteen digits.
    got = conditional_affinities(x + 1e8, 4.0)
    assert_array(got, oracle(x, 4.0), rtol=1e-3, atol=1e-6, what="P with an offset")
    far = x + 1e12  # what is left of x has four digits; its differences are exact
    got = conditional_affinities(far, 4.0)
    assert_array(got, oracle(far, 4.0), rtol=1e-3, atol=1e-6, what="P with a large offset")


@test_case(
    name="a hermit",
    points=0.5,
    hidden=True,
    failure_message="For a point far from all others every exp(-β d²) is 0: subtract the smallest "
    "d² first.",
)
def test_hermit(conditional_affinities):
    x = np.random.default_rng(74).standard_normal((10, 2))
    x[3] = [4000.0, -3000.0]
    judge(conditional_affinities, x, 3.0)


@test_case(
    name="pairs",
    points=0.5,
    hidden=True,
    failure_message="(P + Pᵀ) / (2n): symmetric, with sum 1; P itself stays as it is.",
)
def test_pairs(joint_affinities):
    p = np.random.default_rng(75).uniform(0, 1, (9, 9))
    np.fill_diagonal(p, 0)
    p /= p.sum(axis=1, keepdims=True)
    before = p.copy()
    got = joint_affinities(p)
    assert_array(got, [[(p[i, j] + p[j, i]) / 18 for j in range(9)] for i in range(9)])
    assert_array(p, before, what="P after the call")
    assert_array(joint_affinities(p.tolist()), got, what="result for a list")
    half = np.array([[0.0, 0.25, 0.75], [0.5, 0.0, 0.5], [1.0, 0.0, 0.0]], dtype=np.float32)
    want = (half.astype(float) + half.T) / 6
    assert_array(joint_affinities(half), want, dtype=np.float64, what="result for float32")


@test_case(
    name="arguments that cannot be used",
    points=1,
    hidden=True,
    failure_message="ValueError that names the argument: x of another shape or with fewer than "
    "three rows, a perplexity outside its limits, a table that is not square.",
)
def test_errors(conditional_affinities, joint_affinities):
    x = np.random.default_rng(76).standard_normal((6, 2))
    for bad in (x[0], x[:2], x[None]):
        assert_raises(ValueError, conditional_affinities, bad, 1.5, mentions="x")
    for perplexity in (1, 5, 5.5, 0, -3):
        assert_raises(ValueError, conditional_affinities, x, perplexity, mentions="perplexity")
    for bad in (np.ones((2, 3)), np.ones(4), np.ones((3, 3, 3))):
        assert_raises(ValueError, joint_affinities, bad, mentions="conditional")
