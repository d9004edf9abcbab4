"""Dirichlet priors of every shape, and their limits."""

import numpy as np

from autograder.checks import assert_array, assert_raises, test_case

OK_FORMAT = False
name = "q6 (hidden)"
points = 4


def some_counts(shape, seed):
    return np.random.default_rng(seed).integers(0, 9, shape)


@test_case(
    name="three kinds of alpha",
    points=1,
    hidden=True,
    failure_message="A number, one per row, or one per entry, for tables with no, one or several "
    "parents, also where the numbers of rows and states are the same. Each is added once.",
)
def test_alpha(posterior_cpt):
    rng = np.random.default_rng(100)
    for seed, shape in enumerate(((4,), (3, 4), (3, 3), (2, 3, 4), (3, 2, 3))):
        counts = some_counts(shape, 101 + seed)
        counts[..., 0] += 1
        if seed % 2:
            counts = counts.astype(float)
        per_row, full = rng.uniform(0, 3, shape[:-1]), rng.uniform(0, 3, shape)
        for alpha, spread in ((0.7, 0.7), (2, 2), (per_row, per_row[..., None]), (full, full)):
            before_counts, before_alpha = counts.copy(), np.array(alpha)
            mass = before_counts + spread
            got = posterior_cpt(counts, alpha)
            assert_array(got, mass / mass.sum(axis=-1, keepdims=True), dtype=np.float64)
            assert_array(counts, before_counts, what="input counts after the call")
            assert_array(np.array(alpha), before_alpha, what="input alpha after the call")


@test_case(
    name="rows without any mass",
    points=1,
    hidden=True,
    failure_message="No counts and no pseudocounts: uniform, and no warning's NaN. The other rows "
    "are not touched by that; a prior with a zero in it is not an empty one, and a mass of 1e-200 "
    "is "
    "not 0.",
)
def test_empty(posterior_cpt):
    counts = np.array([[0, 0, 0, 0], [0, 2, 0, 6], [0, 0, 0, 0]])
    assert_array(posterior_cpt(counts, 0), [[0.25] * 4, [0.0, 0.25, 0.0, 0.75], [0.25] * 4])
    assert_array(posterior_cpt(counts, [0, 0, 2]), [[0.25] * 4, [0.0, 0.25, 0.0, 0.75], [0.25] * 4])
    prior = np.zeros((3, 4))
    prior[0, 1] = 5
    got = posterior_cpt(counts, prior)
    assert_array(got, [[0.0, 1.0, 0.0, 0.0], [0.0, 0.25, 0.0, 0.75], [0.25] * 4])
    assert_array(posterior_cpt(np.zeros((2, 2, 3)), 0.0), np.full((2, 2, 3), 1 / 3))
    tiny = posterior_cpt([[3e-200, 1e-200], [0.0, 0.0]], 0)
    assert_array(tiny, [[0.75, 0.25], [0.5, 0.5]], what="rows of tiny mass")


@test_case(
    name="towards the data and towards the prior",
    points=1,
    hidden=True,
    failure_message="With alpha near 0 the result is the data's shares; with a large alpha it is "
    "uniform. prior_sweep has one table per alpha, in their order; each alpha may be a number or "
    "an array.",
)
def test_sweep(prior_sweep):
    counts = some_counts((2, 3, 4), 110)
    counts[0, 0] = 0
    alphas = np.array([1e-13, 0.5, 3.0, 1e13])
    tables = prior_sweep(counts, alphas)
    mass = counts + alphas[:, None, None, None]
    assert_array(tables, mass / mass.sum(axis=-1, keepdims=True))
    assert_array(tables[3], np.full((2, 3, 4), 0.25), rtol=0, atol=1e-11, what="alpha = 1e13")
    assert_array(prior_sweep([5, 0, 5], [1, 0]), [[6 / 13, 1 / 13, 6 / 13], [0.5, 0.0, 0.5]])
    assert_array(prior_sweep([[1, 3]], (2,)), [[[3 / 8, 5 / 8]]])
    mixed = prior_sweep([[1, 3], [0, 0]], [1, [0, 2], [[3, 1], [0, 1]]])
    expected = [
        [[1 / 3, 2 / 3], [0.5, 0.5]],
        [[0.25, 0.75], [0.5, 0.5]],
        [[0.5, 0.5], [0.0, 1.0]],
    ]
    assert_array(mixed, expected, what="result for priors of every kind")


@test_case(
    name="what cannot be counted",
    points=1,
    hidden=True,
    failure_message="Negative counts, a negative alpha anywhere, an alpha of another shape (also "
    "one that broadcasting would take), NaN, counts without an axis: ValueError.",
)
def test_errors(posterior_cpt, prior_sweep):
    counts = some_counts((3, 4), 111)
    wrong = np.ones(3), np.ones((3, 4))
    wrong[0][1] = wrong[1][2, 0] = -0.5
    for alpha in (-1e-9, *wrong, np.ones(4), np.ones((4, 3)), np.ones((3, 1)), np.ones((1, 3, 4))):
        assert_raises(ValueError, posterior_cpt, counts, alpha)
    assert_raises(ValueError, posterior_cpt, counts - 20, 30)
    for missing in ([1.0, np.nan], [[np.nan, 2.0], [1.0, 1.0]]):
        assert_raises(ValueError, posterior_cpt, missing, 1.0)
    assert_raises(ValueError, posterior_cpt, counts, np.nan)
    assert_raises(ValueError, posterior_cpt, 3.0, 1.0)
    assert_raises(ValueError, prior_sweep, counts, [0.5, -1])
