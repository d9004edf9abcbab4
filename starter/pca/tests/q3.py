"""Two other roads: SVD and Gram matrix."""

import numpy as np

from autograder.checks import assert_array, assert_raises, expect, test_case

OK_FORMAT = False
name = "q3"
points = 7
hints = [
    "`np.linalg.svd(xc, full_matrices=False)` returns u, sigma, vt: the components are the rows "
    "of vt, the variances sigma**2 / (n - 1).",
    "For the Gram matrix: `np.linalg.eigh` of xc @ xc.T returns ascending values and columns u. "
    "The component of column u[:, j] is xc.T @ u[:, j], scaled to length 1. Where its value is 0 "
    "there is nothing to scale.",
    "`np.linalg.qr(m)[0]` has orthonormal columns even where columns of m are zero. Pad what you "
    "have with zeros to k columns, and QR finds the missing directions.",
]

HAND = [[9, 5], [1, 1], [4, 5], [6, 1]]
WIDE = [[3, 1, 0], [1, 1, 2]]


def by_svd(student, x, k):
    def probe(pca_svd, x, k):
        p = pca_svd(x, k)
        return p.components, p.explained_variance, p.explained_variance_ratio, p.mean

    return student(probe, x=x, k=k)


def by_gram(student, x, k):
    def probe(pca_gram, x, k):
        p = pca_gram(x, k)
        return p.components, p.explained_variance, p.explained_variance_ratio, p.mean

    return student(probe, x=x, k=k)


@test_case(
    name="pca_svd: the four points of q1",
    points=1,
    failure_message="The same as by eigenvectors. A variance is the square of a singular value, "
    "divided by n - 1.",
)
def test_svd(student):
    components, variance, ratio, mean = by_svd(student, HAND, 2)
    assert_array(mean, [5, 3], what="mean")
    assert_array(variance, [40 / 3, 10 / 3], what="explained_variance")
    assert_array(ratio, [0.8, 0.2], what="explained_variance_ratio")
    assert_array(components, np.array([[2, 1], [-1, 2]]) / np.sqrt(5), what="components")


@test_case(
    name="pca_gram: the wide table of the handout",
    points=1,
    failure_message="v = xc.T @ u, scaled to length 1: (1, 0, -1)/√2 with variance 4.",
)
def test_gram(student):
    components, variance, ratio, mean = by_gram(student, WIDE, 1)
    assert_array(mean, [2, 1, 1], what="mean")
    assert_array(variance, [4], what="explained_variance")
    assert_array(ratio, [1], what="explained_variance_ratio")
    size = np.abs(components)
    assert_array(size, np.array([[1, 0, 1]]) / np.sqrt(2), what="abs(components)")
    # Two entries have the same magnitude; rounding may make either of them the larger one.
    assert_array(components[0, 0] * components[0, 2], -0.5, what="product of two entries")


@test_case(
    name="pca_gram: the four points of q1",
    points=1,
    failure_message="A long table gives the same as by eigenvectors, only more slowly.",
)
def test_gram_long(student):
    components, variance, ratio, _ = by_gram(student, HAND, 2)
    assert_array(variance, [40 / 3, 10 / 3], what="explained_variance")
    assert_array(ratio, [0.8, 0.2], what="explained_variance_ratio")
    assert_array(components, np.array([[2, 1], [-1, 2]]) / np.sqrt(5), what="components")


@test_case(
    name="both: all three components of two rows",
    points=1,
    failure_message="Beyond the rank the variance is 0, and the rows are still orthonormal: k of "
    "them, also for k > n.",
)
def test_beyond(student):
    for by in (by_svd, by_gram):
        components, variance, *_ = by(student, WIDE, 3)
        expect(np.shape(components) == (3, 3), f"components: shape {np.shape(components)}")
        assert_array(components @ components.T, np.eye(3), what="components @ components.T")
        assert_array(variance, [4, 0, 0], what="explained_variance")


@test_case(
    name="a k that cannot be",
    points=1,
    failure_message="ValueError for k < 1 or k > d; the message names `k`.",
)
def test_k(pca_svd, pca_gram):
    for function in (pca_svd, pca_gram):
        for k in (0, 4):
            assert_raises(ValueError, function, WIDE, k, mentions="k")


@test_case(
    name="both: nothing varies",
    points=1,
    failure_message="If all rows are the same, variances and ratios are 0, not NaN.",
)
def test_constant(student):
    def probe(pca_svd, pca_gram, x):
        found = pca_svd(x, 2), pca_gram(x, 2)
        return [(p.explained_variance, p.explained_variance_ratio) for p in found]

    for variance, ratio in student(probe, x=[[1.0, 2.0, 3.0]] * 4):
        assert_array(variance, [0, 0], what="explained_variance")
        assert_array(ratio, [0, 0], what="explained_variance_ratio")


@test_case(
    name="both: a wide table, more components than rows",
    points=1,
    failure_message="Three rows in five columns have two variances; k = 5 asks for five rows of "
    "length 1 that are orthogonal to each other.",
)
def test_wide(student):
    def probe(pca_svd, pca_gram, x):
        found = pca_svd(x, 5), pca_gram(x, 5)
        return [(p.components, p.explained_variance) for p in found]

    x = np.array([[2.0, 0, 0, 0, 0], [-1, 1, 0, 0, 0], [-1, -1, 0, 0, 0]])
    for components, variance in student(probe, x=x):
        assert_array(variance, [3, 1, 0, 0, 0], atol=1e-9, what="explained_variance")
        product = components @ components.T
        assert_array(product, np.eye(5), atol=1e-7, what="components @ components.T")
