"""Perplexity, and bits per character: fresh texts and the ends of the scale."""

import math

import numpy as np

from autograder.checks import assert_array, assert_close, assert_raises, test_case

OK_FORMAT = False
name = "q4 (hidden)"
points = 3


@test_case(
    name="fresh texts",
    points=1,
    hidden=True,
    failure_message="The mean over tokens is in the exponent; characters do not come into it. Bits "
    "per character take the sum.",
)
def test_fresh(perplexity, bits_per_character):
    rng = np.random.default_rng(41)
    for n, characters in ((1, 3), (7, 7), (900, 3000)):
        p = rng.uniform(0.001, 1, n)
        logs = np.log(p)
        before = logs.copy()
        bits = -math.fsum(map(math.log2, p.tolist()))
        assert_close(perplexity(logs), 2 ** (bits / n), rtol=1e-9)
        got = bits_per_character(logs.tolist(), characters)
        assert_close(got, bits / characters, rtol=1e-9)
        assert_array(logs, before, what="log_probs after the call")


@test_case(
    name="certain, and beyond the floats",
    points=1,
    hidden=True,
    failure_message="Who is always sure, and right, has perplexity 1 and needs no bits. What is "
    "beyond the floats is inf, and no error.",
)
def test_ends(perplexity, bits_per_character):
    assert_close(perplexity([0.0, 0.0]), 1.0)
    assert_close(bits_per_character([0.0, 0.0], 5), 0.0)
    assert_close(perplexity((-1, -3)), math.exp(2), what="perplexity of integers")
    got = bits_per_character([-1, 0], np.int64(2))
    assert_close(got, 0.5 / math.log(2), what="bits_per_character of integers")
    assert_close(perplexity([-2000.0, -1000.0]), np.inf)
    assert_close(bits_per_character([-2000.0, -1000.0], 10), 300 / math.log(2))
    assert_close(perplexity([-np.inf, 0.0, -0.5]), np.inf)
    assert_close(bits_per_character([-0.5, -np.inf], 1), np.inf)


@test_case(
    name="arguments that cannot be used",
    points=1,
    hidden=True,
    failure_message="ValueError for anything but one axis with at least one entry, for NaN, for "
    "logarithms above 0, and for fewer characters than 1.",
)
def test_errors(perplexity, bits_per_character):
    for bad in (-1.0, [], [[-1.0, -2.0]], [np.nan, -1.0], [-1.0, 0.01], [np.inf]):
        assert_raises(ValueError, perplexity, bad, mentions="log_probs")
        assert_raises(ValueError, bits_per_character, bad, 4, mentions="log_probs")
    for characters in (0, -3):
        assert_raises(ValueError, bits_per_character, [-1.0], characters, mentions="characters")
