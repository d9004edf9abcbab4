"""Perplexity, and bits per character."""

import math

import numpy as np

from autograder.checks import assert_close, assert_raises, test_case

OK_FORMAT = False
name = "q4"
points = 3
hints = [
    "perplexity: exp of minus the mean of the natural logarithms. Nothing has to be turned into "
    "bits: 2 ** (mean / ln 2) is the same.",
    "bits_per_character: minus the *sum*, divided by ln 2 and by the number of characters.",
    "`math.exp(1000)` raises an error, `np.exp(1000.0)` is inf.",
]


@test_case(
    name="three tokens, seven characters",
    points=1,
    failure_message="6 bits: 2 per token, so a perplexity of 4, and 6/7 per character.",
)
def test_hand(perplexity, bits_per_character):
    logs = [math.log(1 / 2), math.log(1 / 4), math.log(1 / 8)]
    assert_close(perplexity(logs), 4.0)
    assert_close(bits_per_character(logs, 7), 6 / 7)


@test_case(
    name="a long text, and an impossible token",
    points=1,
    failure_message="The product of many probabilities is no float any more; add logarithms. One "
    "token of probability 0 makes both infinite.",
)
def test_long(perplexity, bits_per_character):
    logs = np.full(20_000, math.log(1 / 50))
    assert_close(perplexity(logs), 50.0)
    assert_close(bits_per_character(logs, 100_000), math.log2(50) / 5)
    assert_close(perplexity([-1.0, -np.inf]), np.inf)
    assert_close(bits_per_character([-1.0, -np.inf], 3), np.inf)


@test_case(
    name="arguments that cannot be used",
    points=1,
    failure_message="ValueError for no tokens, for a logarithm above 0 (was it a probability?), "
    "and for no characters.",
)
def test_errors(perplexity, bits_per_character):
    for bad in ([], [-1.0, 0.5]):
        assert_raises(ValueError, perplexity, bad, mentions="log_probs")
        assert_raises(ValueError, bits_per_character, bad, 3, mentions="log_probs")
    assert_raises(ValueError, bits_per_character, [-1.0], 0, mentions="characters")
