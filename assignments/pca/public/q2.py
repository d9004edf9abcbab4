"""The directions of largest spread."""

import numpy as np

from autograder.checks import assert_array, assert_raises, expect, test_case

OK_FORMAT = False
name = "q2"
points = 8
hints = [
    "`np.linalg.eigh` returns values and vectors: the eigenvector of values[j] is the COLUMN "
    "vectors[:, j], and the values ascend. You want rows, and falling values.",
    "`vectors[:, ::-1][:, :k].T` has the components as rows. The total variance is the trace of "
    "the covariance matrix (or the sum of all d eigenvalues).",
    "For the signs: `first = np.argmax(np.abs(rows), axis=1)` finds the entry of largest magnitude "
    "in each row; multiply each row by the sign of `rows[np.arange(k), first]`.",
]

HAND = [[9, 5], [1, 1], [4, 5], [6, 1]]


def fit(student, x, k):
    def probe(pca_eigh, x, k):
        p = pca_eigh(x, k)
        return p.components, p.explained_variance, p.explained_variance_ratio, p.mean

    return student(probe, x=x, k=k)


@test_case(
    name="variances of the handout's points",
    points=1,
    failure_message="The variances are 40/3 and 10/3, the larger one first.",
)
def test_variances(student):
    _, variance, ratio, mean = fit(student, HAND, 2)
    assert_array(mean, [5, 3], what="mean")
    assert_array(variance, [40 / 3, 10 / 3], what="explained_variance")
    assert_array(ratio, [0.8, 0.2], what="explained_variance_ratio")


@test_case(
    name="components of the handout's points",
    points=2,
    failure_message="Components are rows: (2, 1)/√5, then (-1, 2)/√5. In each, the entry of "
    "largest magnitude is positive.",
)
def test_components(student):
    components, *_ = fit(student, HAND, 2)
    assert_array(components, np.array([[2, 1], [-1, 2]]) / np.sqrt(5), what="components")


@test_case(
    name="fewer components than columns",
    points=1,
    failure_message="Keep the first k. The ratio is still a share of the variance of all columns.",
)
def test_one_of_two(student):
    components, variance, ratio, _ = fit(student, HAND, 1)
    assert_array(components, np.array([[2, 1]]) / np.sqrt(5), what="components")
    assert_array(variance, [40 / 3], what="explained_variance")
    assert_array(ratio, [0.8], what="explained_variance_ratio")


@test_case(
    name="a table whose components you can see",
    points=1,
    failure_message="Columns that vary independently: each component is one column, the one with "
    "the largest variance first.",
)
def test_axes(student):
    x = [[0, 0, 9], [0, 0, -9], [1, 0, 0], [-1, 0, 0], [0, 4, 0], [0, -4, 0]]
    components, variance, *_ = fit(student, x, 3)
    assert_array(components, [[0, 0, 1], [0, 1, 0], [1, 0, 0]], what="components")
    assert_array(variance, [162 / 5, 32 / 5, 2 / 5], what="explained_variance")


@test_case(
    name="a k that cannot be",
    points=1,
    failure_message="ValueError for k < 1 or k > d; the message names `k`. Not for k >= n.",
)
def test_k(student, pca_eigh):
    for k in (0, 3):
        assert_raises(ValueError, pca_eigh, HAND, k, mentions="k")
    components, *_ = fit(student, [[1.0, 0.0, 2.0], [3.0, 0.0, 2.0]], 3)
    expect(np.shape(components) == (3, 3), f"components: shape {np.shape(components)}, not (3, 3)")
    assert_array(components @ components.T, np.eye(3), what="components @ components.T")


@test_case(
    name="ratios are shares of the whole",
    points=1,
    failure_message="With k = 1 the ratio is 0.8, not 1: all d variances are in the sum.",
)
def test_whole(student):
    def probe(pca_eigh, x):
        return pca_eigh(x, 1).explained_variance_ratio

    ratio = student(probe, x=[[9, 5], [1, 1], [4, 5], [6, 1]])
    assert_array(ratio, [0.8], what="explained_variance_ratio")


@test_case(
    name="two rows, three components",
    points=1,
    failure_message="Two rows differ in one direction. The other two variances are 0 (never "
    "negative), and the three rows are orthonormal all the same.",
)
def test_two_rows(student):
    def probe(pca_eigh, x):
        p = pca_eigh(x, 3)
        return p.components, p.explained_variance

    components, variance = student(probe, x=[[3, 1, 0], [1, 1, 2]])
    assert_array(variance, [4, 0, 0], atol=1e-9, what="explained_variance")
    expect(bool(np.all(variance >= 0)), "a variance is negative")
    assert_array(components @ components.T, np.eye(3), atol=1e-9, what="components @ components.T")
