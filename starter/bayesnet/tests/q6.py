"""Dirichlet priors: tables from counts."""

import numpy as np

from autograder.checks import assert_array, assert_raises, test_case

OK_FORMAT = False
name = "q6"
points = 5
hints = [
    "Add alpha to the counts, then divide each row by its own sum: `sum(axis=-1, keepdims=True)`.",
    "An alpha per row has one axis less than the counts: `alpha[..., None]` gives it that axis.",
    "A row that sums to 0 cannot be divided: fill the result with 1 / K first and divide only "
    "where the sum is positive (`np.divide(…, out=…, where=…)`).",
]


@test_case(
    name="the handout's table",
    points=1,
    failure_message="(c + alpha) / sum of (c + alpha), with the pseudocount added once per state.",
)
def test_by_hand(posterior_cpt):
    assert_array(posterior_cpt([3, 1, 0], 0), [0.75, 0.25, 0.0])
    assert_array(posterior_cpt([3, 1, 0], 1), [4 / 7, 2 / 7, 1 / 7])
    assert_array(posterior_cpt([3, 1, 0], [0, 0, 4]), [3 / 8, 1 / 8, 4 / 8])


@test_case(
    name="each row by itself, each with its own alpha",
    points=1,
    failure_message="The last axis holds the states; rows with different numbers of counts each "
    "sum to 1.",
)
def test_rows(posterior_cpt):
    counts = np.array([[3.0, 1.0], [0.0, 1.0], [10.0, 0.0]])
    assert_array(posterior_cpt(counts, 1), [[4 / 6, 2 / 6], [1 / 3, 2 / 3], [11 / 12, 1 / 12]])
    by_row = posterior_cpt(counts, [0.0, 1.0, 5.0])
    assert_array(by_row, [[3 / 4, 1 / 4], [1 / 3, 2 / 3], [15 / 20, 5 / 20]])


@test_case(
    name="a row that was never seen",
    points=1,
    failure_message="Without counts and without prior every state is equally likely.",
)
def test_empty_row(posterior_cpt):
    assert_array(posterior_cpt([[0, 0], [1, 3]], 0), [[0.5, 0.5], [0.25, 0.75]])


@test_case(
    name="several priors, and one that is none",
    points=1,
    failure_message="prior_sweep stacks one table per alpha along a new first axis. A negative "
    "alpha is a ValueError.",
)
def test_sweep(prior_sweep, posterior_cpt):
    tables = prior_sweep([[3, 1], [0, 2]], [0, 1])
    assert_array(tables, [[[0.75, 0.25], [0.0, 1.0]], [[4 / 6, 2 / 6], [1 / 4, 3 / 4]]])
    assert_raises(ValueError, posterior_cpt, [3, 1], -1)


@test_case(
    name="one alpha for each entry",
    points=1,
    failure_message="An alpha of the shape of `counts` is added entry by entry. Neither of the two "
    "is changed.",
)
def test_full(posterior_cpt):
    counts, alpha = np.array([[3.0, 1.0, 0.0], [0.0, 0.0, 0.0]]), np.array([[0, 0, 4], [1, 1, 2]])
    want = [[3 / 8, 1 / 8, 4 / 8], [1 / 4, 1 / 4, 2 / 4]]
    assert_array(posterior_cpt(counts, alpha), want)
    assert_array(counts, [[3.0, 1.0, 0.0], [0.0, 0.0, 0.0]], what="counts after the call")
