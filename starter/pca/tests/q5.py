"""Approximate components from random directions."""

import numpy as np

from autograder.checks import assert_array, assert_raises, expect, test_case

OK_FORMAT = False
name = "q5"
points = 8
hints = [
    "Start with `rng.standard_normal((d, l))`, l = min(k + oversample, n, d). One round: multiply "
    "by xc, then by xc.T, then take Q of `np.linalg.qr`.",
    "power_iterations = 0 still has the first round; each iteration adds one. At the end y = xc @ "
    "z has l columns only, and eigenvectors of y.T @ y (or the SVD of y) are cheap.",
    "The components are the columns of z @ w (w: eigenvectors, largest first). The total variance "
    "is the sum of all squares of xc over n - 1.",
]


def fit(student, x, k, oversample, power_iterations, seed=0):
    def probe(randomized_pca, x, k, oversample, power_iterations, rng):
        p = randomized_pca(x, k, oversample, power_iterations, rng)
        return p.components, p.explained_variance, p.explained_variance_ratio, p.mean

    rng = np.random.default_rng(seed)
    args = {"k": k, "oversample": oversample, "power_iterations": power_iterations}
    return student(probe, x=x, rng=rng, **args)


@test_case(
    name="all directions: the four points of q1",
    points=1,
    failure_message="Two directions in the plane are all there are: the answer is exact.",
)
def test_exact(student):
    x = [[9, 5], [1, 1], [4, 5], [6, 1]]
    components, variance, ratio, mean = fit(student, x, 2, 0, 0)
    assert_array(mean, [5, 3], what="mean")
    assert_array(variance, [40 / 3, 10 / 3], rtol=1e-7, what="explained_variance")
    assert_array(ratio, [0.8, 0.2], rtol=1e-7, what="explained_variance_ratio")
    want = np.array([[2, 1], [-1, 2]]) / np.sqrt(5)
    assert_array(components, want, rtol=1e-7, atol=1e-9, what="components")


@test_case(
    name="four directions for a table of rank three",
    points=1,
    failure_message="As many directions as the rank has are enough, without any power iteration.",
)
def test_low_rank(student):
    rng = np.random.default_rng(51)
    x = rng.standard_normal((60, 3)) @ rng.standard_normal((3, 30)) + 5
    components, variance, ratio, _ = fit(student, x, 2, 2, 0)
    want = np.linalg.eigvalsh(np.cov(x, rowvar=False))[::-1]
    assert_array(variance, want[:2], rtol=1e-6, what="explained_variance")
    assert_array(ratio, want[:2] / want.sum(), rtol=1e-6, what="explained_variance_ratio")
    assert_array(components @ components.T, np.eye(2), atol=1e-8, what="components @ components.T")


@test_case(
    name="power iterations help",
    points=1,
    failure_message="Variances that fall slowly: with eight iterations hardly anything is missed.",
)
def test_power(student):
    rng = np.random.default_rng(52)
    x = rng.standard_normal((200, 100)) / np.sqrt(np.arange(1, 101))
    _, variance, _, _ = fit(student, x, 5, 10, 8)
    best = np.linalg.eigvalsh(np.cov(x, rowvar=False))[::-1][:5].sum()
    share = variance.sum() / best
    expect(bool(share > 0.995), f"only {share:.1%} of the best five components' variance was found")
    expect(bool(share < 1 + 1e-9), "more variance than there is")


@test_case(
    name="the same rng, the same answer",
    points=1,
    failure_message="All randomness comes from `rng`.",
)
def test_rng(student):
    x = np.random.default_rng(53).standard_normal((40, 20))
    first, second = fit(student, x, 3, 2, 1, seed=7), fit(student, x, 3, 2, 1, seed=7)
    assert_array(second[0], first[0], what="components, second time")


@test_case(
    name="arguments that cannot be used",
    points=1,
    failure_message="ValueError for k < 1 or k > min(n, d), and for negative counts.",
)
def test_errors(randomized_pca):
    x, rng = np.random.default_rng(54).standard_normal((4, 6)), np.random.default_rng(0)
    for k in (0, 5):
        assert_raises(ValueError, randomized_pca, x, k, 2, 1, rng, mentions="k")
    assert_raises(ValueError, randomized_pca, x, 2, -1, 1, rng, mentions="oversample")
    assert_raises(ValueError, randomized_pca, x, 2, 1, -1, rng, mentions="power_iterations")


@test_case(
    name="ratios are shares of the whole",
    points=1,
    failure_message="The random directions see a part of the variance only. Divide by that of the "
    "centred table.",
)
def test_whole(student):
    def probe(randomized_pca, x, rng):
        return randomized_pca(x, 1, 0, 30, rng).explained_variance_ratio

    x = np.array([[9.0, 5.0], [1.0, 1.0], [4.0, 5.0], [6.0, 1.0]])
    ratio = student(probe, x=x, rng=np.random.default_rng(0))
    assert_array(ratio, [0.8], rtol=1e-6, what="explained_variance_ratio")


@test_case(
    name="the table stays as it was; nothing varies",
    points=1,
    failure_message="Write into nothing that was passed in. If all rows are the same, the ratios "
    "are 0, not NaN.",
)
def test_constant(student):
    def probe(randomized_pca, x, rng):
        p = randomized_pca(x, 2, 1, 1, rng)
        return p.explained_variance_ratio, x

    ratio, x = student(probe, x=np.full((5, 3), 2.0), rng=np.random.default_rng(0))
    assert_array(ratio, [0, 0], what="explained_variance_ratio")
    assert_array(x, np.full((5, 3), 2.0), what="x after the call")


@test_case(
    name="many iterations, all directions stay apart",
    points=1,
    failure_message="Multiplied thirty times without orthonormalising, all columns are the same "
    "vector up to rounding.",
)
def test_apart(student):
    def probe(randomized_pca, x, rng):
        return randomized_pca(x, 3, 0, 30, rng).explained_variance

    # Columns of a Hadamard matrix: orthogonal, each sums to 0.
    signs = np.array([[1, 1, 1], [1, -1, -1], [-1, 1, -1], [-1, -1, 1]])
    variance = student(probe, x=signs * [100.0, 1.0, 0.1], rng=np.random.default_rng(1))
    want = np.array([1e4, 1.0, 0.01]) * 4 / 3
    assert_array(variance, want, rtol=1e-5, atol=0, what="explained_variance")
