"""What a wrong belief costs."""

import numpy as np

from autograder.checks import assert_array, assert_close, assert_raises, expect, test_case

OK_FORMAT = False
name = "q2"
points = 7
hints = [
    "Three cases for a term: p is 0 (the term is 0), p is above 0 and q is 0 (it is infinite), and "
    "the rest. `np.where(p > 0, …, 0.0)` around p * log2(q) does all three.",
    "Divergence: p · (log2 p − log2 q), with the same `np.where`; at the end `np.maximum(…, 0)`, "
    "for rounding may leave −1e-17.",
    "Jensen–Shannon: half the divergence of p from the middle, and half that of q. Wherever p or q "
    "is above 0 the middle is too, so nothing is infinite. Cut off at 0 and 1.",
]

P, Q = [0.5, 0.5, 0.0], [0.25, 0.25, 0.5]


@test_case(
    name="cross-entropy by hand",
    points=1,
    failure_message="p weighs, q is in the logarithm: 2 bits one way, infinitely many the other.",
)
def test_cross(cross_entropy):
    assert_close(cross_entropy(P, Q), 2.0)
    assert_close(cross_entropy(Q, P), np.inf)
    assert_close(cross_entropy(P, P), 1.0)


@test_case(
    name="Kullback–Leibler by hand",
    points=1.5,
    failure_message="D(p‖q) = 1, D(q‖p) = inf, and nothing at all if both are the same.",
)
def test_kl(kl_divergence):
    assert_close(kl_divergence(P, Q), 1.0)
    assert_close(kl_divergence(Q, P), np.inf)
    assert_close(kl_divergence(P, P), 0.0)
    assert_close(kl_divergence([0.75, 0.25], [0.5, 0.5]), 0.18872187554086717)


@test_case(
    name="Jensen–Shannon by hand",
    points=1.5,
    failure_message="0.3113 for the two of the handout, in either order; 1 for two that share no "
    "symbol, 0 for two that are the same. It is no square root.",
)
def test_js(js_divergence):
    assert_close(js_divergence(P, Q), 0.31127812445913283)
    assert_close(js_divergence(Q, P), 0.31127812445913283)
    assert_close(js_divergence([1.0, 0.0], [0.0, 1.0]), 1.0)
    assert_close(js_divergence(P, P), 0.0)


@test_case(
    name="one against many",
    points=1,
    failure_message="p of shape (K,) and q of shape (n, K) give n numbers.",
)
def test_broadcast(cross_entropy, kl_divergence, js_divergence):
    p, q = np.array([0.5, 0.5]), np.array([[0.5, 0.5], [0.25, 0.75], [1.0, 0.0]])
    assert_array(cross_entropy(p, q), [1.0, 1.2075187496394217, np.inf], what="cross_entropy")
    assert_array(kl_divergence(p, q), [0.0, 0.20751874963942196, np.inf], what="kl_divergence")
    assert_array(kl_divergence(q, p), [0.0, 0.18872187554086717, 1.0], what="the other way")
    want = [0.0, 0.04879494069539847, 0.31127812445913283]
    assert_array(js_divergence(p, q), want, what="js_divergence")


@test_case(
    name="never below 0",
    points=1,
    failure_message="Two distributions that nearly agree: rounding must not leave −1e-17.",
)
def test_sign(kl_divergence, js_divergence):
    rng = np.random.default_rng(21)
    p = rng.dirichlet(np.ones(50), size=200)
    q = p * (1 + 1e-9 * rng.standard_normal(p.shape))
    q /= q.sum(axis=1, keepdims=True)
    for divergence in (kl_divergence, js_divergence):
        got = divergence(p, q)
        expect(isinstance(got, np.ndarray) and got.shape == (200,), "200 numbers are expected")
        expect(bool((got >= 0).all()), f"{divergence.__name__}: one is below 0 by rounding")


@test_case(
    name="what is no distribution",
    points=1,
    failure_message="ValueError that names `p` or `q`; and if the number of symbols differs.",
)
def test_errors(cross_entropy, kl_divergence, js_divergence):
    for function in (cross_entropy, kl_divergence, js_divergence):
        assert_raises(ValueError, function, [0.5, 0.6], [0.5, 0.5], mentions="p")
        assert_raises(ValueError, function, [0.5, 0.5], [-0.5, 1.5], mentions="q")
        assert_raises(ValueError, function, [0.5, 0.5], [0.5, 0.25, 0.25])
