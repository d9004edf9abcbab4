"""What a wrong belief costs: fresh pairs, and numbers at the edge of the floats."""

import math

import numpy as np

from autograder.checks import assert_array, assert_close, assert_raises, expect, test_case

OK_FORMAT = False
name = "q2 (hidden)"
points = 7


def expected(p, q):
    """(cross-entropy, divergence, Jensen–Shannon) by their definitions."""
    if any(x > 0 and y == 0 for x, y in zip(p, q)):
        cross = kl = math.inf
    else:
        cross = math.fsum(-x * math.log2(y) for x, y in zip(p, q) if x > 0)
        kl = math.fsum(x * math.log2(x / y) for x, y in zip(p, q) if x > 0)
    middle = [(x + y) / 2 for x, y in zip(p, q)]
    js = math.fsum(x * math.log2(x / m) / 2 for r in (p, q) for x, m in zip(r, middle) if x > 0)
    return cross, kl, js


def some(rng, n, size, holes):
    p = rng.dirichlet(np.full(size, 0.7), size=n)
    if holes:
        p[rng.random((n, size)) < 0.3] = 0
        p[:, 0] += 1e-3
    return p / p.sum(axis=1, keepdims=True)


@test_case(
    name="fresh pairs",
    points=2,
    hidden=True,
    failure_message="p weighs, q stands in the logarithm. Some symbols are impossible for one of "
    "the two, or for both. What is passed in stays as it was.",
)
def test_fresh(cross_entropy, kl_divergence, js_divergence):
    rng = np.random.default_rng(22)
    for size, p_holes, q_holes in ((5, False, False), (40, True, False), (6, True, True)):
        p, q = some(rng, 30, size, p_holes), some(rng, 30, size, q_holes)
        kept = p.copy(), q.copy()
        want = np.array([expected(*pair) for pair in zip(p, q)]).T
        assert_array(cross_entropy(p, q), want[0], what="cross_entropy")
        assert_array(kl_divergence(p, q), want[1], rtol=1e-8, what="kl_divergence")
        assert_array(js_divergence(p, q), want[2], rtol=1e-8, what="js_divergence")
        assert_array(p, kept[0], what="p after the call")
        assert_array(q, kept[1], what="q after the call")


@test_case(
    name="never below 0, never above 1",
    points=1.5,
    hidden=True,
    failure_message="What cannot be negative must not become so by rounding, in any of many; nor "
    "may Jensen–Shannon rise above 1.",
)
def test_bounds(kl_divergence, js_divergence):
    rng = np.random.default_rng(23)
    p = rng.dirichlet(np.full(200, 0.3), size=300)
    q = p[:, ::-1][:, ::-1] * (1 + 1e-12 * rng.standard_normal(p.shape))
    q /= q.sum(axis=1, keepdims=True)
    apart = np.zeros((2, 300, 60))
    apart[0, :, ::2] = rng.dirichlet(np.ones(30), size=300)
    apart[1, :, 1::2] = rng.dirichlet(np.ones(30), size=300)
    near, none = kl_divergence(p, q), kl_divergence(p, p)
    between, whole = js_divergence(p, q), js_divergence(*apart)
    for got in (near, none, between, whole):
        expect(isinstance(got, np.ndarray) and got.shape == (300,), "300 numbers are expected")
        expect(bool((got >= 0).all()), "one is below 0 by rounding")
    expect(bool((whole <= 1).all()), "one is above 1 by rounding")
    assert_array(whole, np.ones(300), what="js_divergence of what has nothing in common")
    assert_array(near, np.zeros(300), atol=1e-12, what="kl_divergence of what is nearly the same")


@test_case(
    name="probabilities at the edge of the floats",
    points=1,
    hidden=True,
    failure_message="A quotient of two probabilities may be larger than a float, and the middle of "
    "two tiny ones smaller; their logarithms are harmless.",
)
def test_tiny(cross_entropy, kl_divergence, js_divergence):
    p, q = [0.25, 0.75], [1e-320, 1.0]
    log_tiny = math.log2(1e-320)
    assert_close(cross_entropy(p, q), -0.25 * log_tiny, rtol=1e-9)
    want = -0.25 * log_tiny - 0.25 * 2 + 0.75 * math.log2(0.75)
    assert_close(kl_divergence(p, q), want, rtol=1e-9)
    assert_close(kl_divergence(q, p), -math.log2(0.75), rtol=1e-9)
    rare = 1e-14  # rare is not impossible
    for function in (cross_entropy, kl_divergence):
        assert_close(function([rare, 1 - rare], [0.0, 1.0]), math.inf)
    smallest = 5e-324
    assert_close(js_divergence([smallest, 1.0], [0.0, 1.0]), 0.0)
    assert_close(js_divergence([smallest, 0.0, 1.0], [0.0, 1.0, 0.0]), 1.0)


@test_case(
    name="axes that broadcast",
    points=1,
    hidden=True,
    failure_message="Every p of one axis against every q of another; only the number of symbols "
    "has to agree.",
)
def test_broadcast(cross_entropy, kl_divergence, js_divergence):
    rng = np.random.default_rng(24)
    p, q = some(rng, 4, 3, False), some(rng, 2, 3, False)
    want = np.array([[expected(x, y) for y in q] for x in p])
    assert_array(cross_entropy(p[:, None], q), want[..., 0], what="cross_entropy")
    assert_array(kl_divergence(p[:, None], q), want[..., 1], rtol=1e-8, what="kl_divergence")
    assert_array(js_divergence(p[:, None], q), want[..., 2], rtol=1e-8, what="js_divergence")
    assert_array(kl_divergence(p, q[0].tolist()), want[:, 0, 1], rtol=1e-8, what="many p, one q")
    for function, wanted in ((cross_entropy, 1.0), (kl_divergence, 1.0), (js_divergence, None)):
        got = function((1, 0), (0.5, 0.5))
        assert_close(got, expected((1, 0), (0.5, 0.5))[2] if wanted is None else wanted, rtol=1e-9)
        assert_close(function([1], [1]), 0.0, what=f"{function.__name__} of a single symbol")
        got = function(np.array([[1, 0], [0, 1]], np.float32), np.array([0.5, 0.5], np.float32))
        assert_array(got, [expected((1, 0), (0.5, 0.5))[2] if wanted is None else wanted] * 2,
                     dtype=np.float64, what=f"{function.__name__} of float32")  # fmt: skip


@test_case(
    name="arguments that cannot be used",
    points=1.5,
    hidden=True,
    failure_message="ValueError for what is no distribution, on either side, and for another "
    "number of symbols, even if that number is 1.",
)
def test_errors(cross_entropy, kl_divergence, js_divergence):
    good = [0.5, 0.5]
    for function in (cross_entropy, kl_divergence, js_divergence):
        for bad in ([0.5, 0.5 + 3e-6], [1 + 5e-8, -5e-8]):
            assert_raises(ValueError, function, bad, good, mentions="p")
            assert_raises(ValueError, function, good, bad, mentions="q")
        for bad in ([0.5, 0.49], [1.0, 1.0], [1.25, -0.25], [np.nan, 1.0], [0.0, 0.0]):
            assert_raises(ValueError, function, bad, good, mentions="p")
            assert_raises(ValueError, function, good, [good, bad], mentions="q")
        assert_raises(ValueError, function, good, [1.0])
        assert_raises(ValueError, function, [[1.0], [1.0]], good)
