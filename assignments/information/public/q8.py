"""Maximum entropy, and a reward with a leash."""

import numpy as np

from autograder.checks import assert_array, assert_close, assert_raises, test_case

OK_FORMAT = False
name = "q8"
points = 6
hints = [
    "maximum_entropy: scale the values to 0 … 1 first, and the mean with them. For a given λ, "
    "p ∝ 2 ** (λ · values); its mean grows with λ. Double the ends of a bracket until the mean "
    "lies inside, then halve it 200 times.",
    "The mean at the very end of the scale needs an infinite λ: answer that case by itself.",
    "kl_regularized: subtract the largest reward (of those with q > 0) before dividing by beta, "
    "then q · 2 ** (…), divided by its sum Z. The value is that reward + beta · log2 Z.",
]


@test_case(
    name="a mean of 2.5",
    points=1.5,
    failure_message="p ∝ 1, u, u² with u = (1 + √13)/2. The mean in the middle gives all the same.",
)
def test_hand(maximum_entropy):
    u = (1 + 13**0.5) / 2
    want = np.array([1, u, u * u]) / (1 + u + u * u)
    assert_array(maximum_entropy([1, 2, 3], 2.5), want, rtol=1e-7)
    assert_array(maximum_entropy([1, 2, 3], 2.0), np.full(3, 1 / 3), rtol=1e-7)
    assert_array(maximum_entropy([0.0, 10.0], 7.0), [0.3, 0.7], rtol=1e-7)


@test_case(
    name="at the ends of the scale",
    points=0.5,
    failure_message="All on the smallest or largest value, in equal parts if there are several.",
)
def test_ends(maximum_entropy):
    assert_array(maximum_entropy([3, 1, 2], 1), [0, 1, 0])
    assert_array(maximum_entropy([5, 1, 5], 5.0), [0.5, 0, 0.5])


@test_case(
    name="a reward by hand",
    points=1.5,
    failure_message="(0.4, 0.4, 0.2), and a value of log2 1.25.",
)
def test_reward(kl_regularized):
    p, value = kl_regularized([0.5, 0.25, 0.25], [0, 1, 0], 1.0)
    assert_array(p, [0.4, 0.4, 0.2], what="p")
    assert_close(value, 0.32192809488736235, what="value")


@test_case(
    name="a long leash, a short one",
    points=1.5,
    failure_message="A high price leaves q as it is; a low one takes the best answer that q holds "
    "for possible. 2 ** (reward / beta) may be too large for a float.",
)
def test_leash(kl_regularized):
    q, reward = np.array([0.7, 0.2, 0.1, 0.0]), np.array([1.0, 3.0, 2.0, 50.0])
    p, value = kl_regularized(q, reward, 1e9)
    assert_array(p, q, rtol=1e-6, what="p at a price of 1e9")
    assert_close(value, 1.5, rtol=1e-5, what="value at a price of 1e9")
    p, value = kl_regularized(q, reward, 1e-5)
    assert_array(p, [0, 1, 0, 0], what="p at a price of 1e-5")
    assert_close(value, 3.0 + 1e-5 * np.log2(0.2), what="value at a price of 1e-5")


@test_case(
    name="arguments that cannot be used",
    points=1,
    failure_message="ValueError for a mean that no distribution has, for what is no distribution, "
    "for another number of rewards, and for a price that is not above 0.",
)
def test_errors(maximum_entropy, kl_regularized):
    for mean in (0.5, 3.5):
        assert_raises(ValueError, maximum_entropy, [1, 2, 3], mean, mentions="mean")
    assert_raises(ValueError, maximum_entropy, [], 0.0, mentions="values")
    assert_raises(ValueError, kl_regularized, [0.5, 0.6], [0, 1], 1.0, mentions="q")
    assert_raises(ValueError, kl_regularized, [0.5, 0.5], [0, 1, 2], 1.0, mentions="reward")
    assert_raises(ValueError, kl_regularized, [0.5, 0.5], [0, 1], 0.0, mentions="beta")
