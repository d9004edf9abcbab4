"""Surprise and entropy, on fresh distributions and at the edges."""

import math

import numpy as np

from autograder.checks import assert_array, assert_close, assert_raises, expect, test_case

OK_FORMAT = False
name = "q1 (hidden)"
points = 5


def bits(p):
    """Entropy by its definition, one symbol after the other."""
    return math.fsum(-x * math.log2(x) for x in p if x > 0)


@test_case(
    name="fresh distributions",
    points=1,
    hidden=True,
    failure_message="Some symbols have probability 0, some less than 1e-300; of (0, K), no "
    "distribution at all, there are no entropies. What is passed in stays as it was.",
)
def test_fresh(entropy, student):
    rng = np.random.default_rng(11)
    p = rng.dirichlet(np.full(30, 0.05), size=(4, 6))
    p[p < 1e-6] = 0
    p /= p.sum(axis=-1, keepdims=True)
    p[0, 0, :] = [1.0, 1e-310, *[0.0] * 28]
    before = p.copy()
    got = entropy(p)
    want = [[bits(row) for row in rows] for rows in p]
    assert_array(got, want, rtol=1e-9, atol=1e-12)
    assert_array(p, before, what="p after the call")

    def columns(entropy, p):
        import numpy as np

        return entropy(np.asfortranarray(p)), entropy(p.reshape(1, 24, 30)[0, ::2])

    turned, every_second = student(columns, p=p)
    assert_array(turned, want, what="entropy of what lies in columns")
    assert_array(every_second, np.ravel(want)[::2], what="entropy of every second row")
    single = np.array([0.5, 0.25, 0.25, 0.0], dtype=np.float32)
    assert_array(np.asarray(entropy(single)), np.array(1.5), dtype=np.float64, what="of float32")


@test_case(
    name="as many as there are",
    points=0.5,
    hidden=True,
    failure_message="K symbols of equal probability have log2 K bits, and a single one has none.",
)
def test_uniform(entropy, entropy_of_logits):
    for size in (1, 3, 50, 1000):
        assert_close(entropy(np.full(size, 1 / size)), math.log2(size), atol=1e-9)
        assert_close(entropy_of_logits([-7.5] * size), math.log2(size), atol=1e-9)


@test_case(
    name="rows of logits that lie far apart",
    points=1.5,
    hidden=True,
    failure_message="Each row has its own largest logit. The entropy does not change if a number "
    "is added to a row.",
)
def test_rows(entropy_of_logits):
    rng = np.random.default_rng(12)
    logits = rng.standard_normal((3, 5, 8)) * np.array([0.1, 1.0, 4.0])[:, None, None]
    shift = rng.uniform(-1e4, 1e4, (3, 5, 1))
    weights = np.exp(logits)
    p = weights / weights.sum(axis=-1, keepdims=True)
    want = [[bits(row) for row in rows] for rows in p]
    given = logits + shift
    before = given.copy()
    got = entropy_of_logits(given)
    assert_array(got, want, rtol=1e-7, atol=1e-9)  # the shift rounds the logits
    assert_array(given, before, what="logits after the call")


@test_case(
    name="logits of -inf",
    points=1,
    hidden=True,
    failure_message="A symbol with logit -inf has probability 0 and adds nothing; nor does one "
    "whose probability is too small for a float.",
)
def test_impossible(entropy_of_logits):
    low = -np.inf
    logits = [[low, 3.0, low, low], [2.0, low, 2.0, 2.0], [0.0, -900.0, 0.0, low]]
    assert_array(entropy_of_logits(logits), [0.0, math.log2(3), 1.0], rtol=1e-9, atol=1e-12)
    assert_close(entropy_of_logits(np.array([-5e5, -5e5 - 1e4])), 0.0)
    single = np.array([0.0, 1.0, 2.5], dtype=np.float32)
    weights = np.exp([0.0, 1.0, 2.5])
    assert_close(entropy_of_logits(single), bits(weights / weights.sum()), rtol=1e-9)
    assert_close(entropy_of_logits((3, 3, -900)), 1.0, what="entropy_of_logits of integers")


@test_case(
    name="what is no distribution",
    points=1,
    hidden=True,
    failure_message="ValueError if any row of many is none; but a sum that is off 1 by less than "
    "1e-6 is only rounding. Logits need at least one symbol.",
)
def test_errors(entropy, entropy_of_logits):
    good = [0.5, 0.5]
    for bad in ([], [0.5, 0.5 + 3e-6], [1 + 5e-8, -5e-8]):
        assert_raises(ValueError, entropy, bad, mentions="p")
    for bad in ([0.5, 0.4999], [0.75, 0.5], [2.0, -1.0], [np.nan, 0.5], [0.0, 0.0], [np.inf, 0.0]):
        assert_raises(ValueError, entropy, bad, mentions="p")
        assert_raises(ValueError, entropy, [good, bad], mentions="p")
    for bad in ([np.inf, -np.inf], [np.nan, 1.0], [1.0, np.nan], [-np.inf, -np.inf]):
        assert_raises(ValueError, entropy_of_logits, [[0.0, 1.0], bad], mentions="logits")
    for bad in ([], np.zeros((2, 0))):
        assert_raises(ValueError, entropy_of_logits, bad, mentions="logits")
    assert_raises(ValueError, entropy_of_logits, 3.0, mentions="logits")
    almost = entropy([0.5, 0.5 + 4e-7])
    expect(bool(abs(almost - 1.0) < 1e-5), "a sum off by 4e-7 is no mistake")
