"""Maximum entropy, and a reward with a leash, on fresh numbers of all sizes."""

import math

import numpy as np

from autograder.checks import assert_array, assert_close, assert_raises, expect, test_case

OK_FORMAT = False
name = "q8 (hidden)"
points = 6


@test_case(
    name="the right mean, and nothing else",
    points=1.5,
    hidden=True,
    failure_message="The mean is right up to 1e-9 of the range of the values, and the logarithm of "
    "p is a straight line over them: nothing but the mean was told. What is passed in stays as it "
    "was.",
)
def test_form(maximum_entropy):
    rng = np.random.default_rng(81)
    for size in (2, 3, 6, 50):
        values = rng.standard_normal(size)
        before = values.copy()
        least, most = values.min(), values.max()
        for share in (0.02, 0.3, 0.5, 0.9):
            mean = least + share * (most - least)
            p = maximum_entropy(values, mean)
            assert_array(p, np.abs(p), what="p, which is nowhere negative")
            expect(p.shape == (size,), "one probability for each value")
            assert_close(p.sum(), 1.0, what="sum of p")
            assert_close(p @ values, mean, rtol=0, atol=1e-9 * (most - least), what="mean")
            seen = p > 1e-200
            x, y = values[seen], np.log2(p[seen])
            slope = (y[x.argmax()] - y[x.argmin()]) / (x.max() - x.min())
            line = y[x.argmin()] + slope * (x - x.min())
            assert_array(y, line, rtol=1e-6, atol=1e-6, what="log2 p over the values")
        assert_array(values, before, what="values after the call")


@test_case(
    name="values of any size, and ties",
    points=1,
    hidden=True,
    failure_message="Values of 1e8 or 1e-8 are only another unit, and negative ones no other task. "
    "Equal values get equal probabilities, also at the ends, where nothing else is left.",
)
def test_sizes(maximum_entropy):
    die = [0.054353167826, 0.078771545633, 0.114159977229]  # Jaynes'
    die += [0.165446803110, 0.239774440427, 0.347494065774]
    for scale in (1, 1e8, 1e-8, -1.0):
        got = maximum_entropy(np.arange(1, 7) * scale, 4.5 * scale)
        assert_array(got, die, rtol=1e-6, what="a die with the mean 4.5, in some unit")
    got = maximum_entropy([0, 1, 1, 0], 0.8)
    assert_array(got, [0.1, 0.4, 0.4, 0.1], rtol=1e-7, what="with ties")
    assert_array(maximum_entropy([2.0, -1.0, 2.0, -1.0, 0.5], -1.0), [0, 0.5, 0, 0.5, 0])
    assert_array(maximum_entropy([7.0, 7.0], 7.0), [0.5, 0.5], what="all the same")
    assert_array(maximum_entropy([4], 4), [1.0], what="a single value")
    near = maximum_entropy([0.0, 2.0], 2e-7)
    assert_close(near[1], 1e-7, rtol=0, atol=1e-9, what="probability of the larger of 0 and 2")
    steep = maximum_entropy([0.0, 0.999, 1.0], 0.9999)
    assert_array(steep, [0.0, 0.1, 0.9], rtol=1e-5, atol=1e-7, what="with a steep slope")
    steep = maximum_entropy([0.0, 0.001, 1.0], 0.0001)
    assert_array(steep, [0.9, 0.1, 0.0], rtol=1e-5, atol=1e-7, what="with a steep slope down")


@test_case(
    name="fresh rewards",
    points=1.5,
    hidden=True,
    failure_message="The value is the mean reward minus beta times the divergence in bits, and no "
    "other distribution reaches more. What is passed in stays as it was.",
)
def test_reward(kl_regularized):
    rng = np.random.default_rng(82)
    for size, beta in ((2, 1.0), (7, 0.3), (40, 2.5), (40, 0.05)):
        q, reward = rng.dirichlet(np.ones(size)), rng.standard_normal(size)
        q[0] = 0
        q /= q.sum()
        kept = q.copy(), reward.copy()
        p, value = kl_regularized(q, reward, beta)
        logs = [math.log2(x) + r / beta if x > 0 else -math.inf for x, r in zip(q, reward)]
        top = max(logs)
        weights = np.array([2.0 ** (x - top) for x in logs])
        assert_array(p, weights / weights.sum(), rtol=1e-8, what="p")
        cost = math.fsum(x * math.log2(x / y) for x, y in zip(p.tolist(), q.tolist()) if x > 0)
        assert_close(value, p @ reward - beta * cost, rtol=1e-7, atol=1e-9, what="value")
        assert_array(q, kept[0], what="q after the call")
        assert_array(reward, kept[1], what="reward after the call")


@test_case(
    name="rewards and prices of any size",
    points=1,
    hidden=True,
    failure_message="reward / beta may be a thousand million, of either sign, and the largest "
    "reward may belong to an answer that q holds for impossible.",
)
def test_sizes_of_rewards(kl_regularized):
    for shift in (0.0, 1e6, -1e6):
        p, value = kl_regularized([0.5, 0.25, 0.25], np.array([0, 1, 0]) + shift, 1.0)
        assert_array(p, [0.4, 0.4, 0.2], rtol=1e-7, what="p")
        assert_close(value, math.log2(1.25) + shift, rtol=1e-9, what="value")
    p, value = kl_regularized([0.5, 0.25, 0.25], np.array([200, 201, 200], dtype=np.uint8), 1.0)
    assert_array(p, [0.4, 0.4, 0.2], rtol=1e-7, what="p for rewards in bytes")
    assert_close(value, math.log2(1.25) + 200, rtol=1e-9, what="value for rewards in bytes")
    p, value = kl_regularized([0.5, 0.5, 0.0], [-3000.0, -3001.0, 1e6], 1e-3)
    assert_array(p, [1, 0, 0], what="p")
    assert_close(value, -3000.001, rtol=1e-9, what="value")
    p, value = kl_regularized([1e-12, 1 - 1e-12], [100, 0], 1)  # rare, but possible
    assert_array(p, [1, 0], rtol=1e-9, atol=1e-9, what="p with a rare answer")
    p, value = kl_regularized([0.5, 0.5], [0.0, -1.0], 1e-9)
    assert_array(p, [1, 0], what="p at a price of 1e-9")
    assert_close(value, -1e-9, rtol=1e-6, atol=0, what="value at a price of 1e-9")
    p, value = kl_regularized([1.0], [3.0], 2.0)
    assert_array(p, [1.0], what="p of a single answer")
    assert_close(value, 3.0, what="value of a single answer")
    p, value = kl_regularized([0.25, 0.75], [2.0, 2.0], 5.0)
    assert_array(p, [0.25, 0.75], what="p if all is worth the same")
    assert_close(value, 2.0, what="value if all is worth the same")


@test_case(
    name="arguments that cannot be used",
    points=1,
    hidden=True,
    failure_message="ValueError for values or rewards that are not finite or have another shape, a "
    "mean outside the range or NaN, a q that is no distribution, a price that is not above 0.",
)
def test_errors(maximum_entropy, kl_regularized):
    for mean in (0.999, 3.001, np.nan):
        assert_raises(ValueError, maximum_entropy, [1, 2, 3], mean, mentions="mean")
    for values in ([], [[1.0, 2.0]], [1.0, np.nan], [1.0, np.inf]):
        assert_raises(ValueError, maximum_entropy, values, 1.0, mentions="values")
    q, reward = [0.5, 0.5], [0.0, 1.0]
    for bad in ([0.5, 0.4], [1.5, -0.5], [[0.5, 0.5]]):
        assert_raises(ValueError, kl_regularized, bad, reward, 1.0, mentions="q")
    for bad in ([1.0], [0.0, np.nan], [0.0, np.inf], [[0.0, 1.0]]):
        assert_raises(ValueError, kl_regularized, q, bad, 1.0, mentions="reward")
    for beta in (0.0, -1.0, np.nan, np.inf):
        assert_raises(ValueError, kl_regularized, q, reward, beta, mentions="beta")
