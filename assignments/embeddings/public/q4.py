"""Who stands near whom."""

import numpy as np

from autograder.checks import assert_array, assert_equal, assert_raises, test_case

OK_FORMAT = False
name = "q4"
points = 5.5
hints = [
    "Distance 1: `ids[:-1]` stand before `ids[1:]`. Distance 2: `ids[:-2]` and `ids[2:]`, and so "
    "on. Each gives pairs in both orders.",
    "keep_probability: the share f is counts / counts.sum(); where f is 0 the answer is 1.",
    "noise_distribution: 0 ** 0 is 1, but a word that never occurs has probability 0.",
]


def sorted_pairs(pairs):
    centers, contexts = (np.asarray(part).tolist() for part in pairs)
    return sorted(zip(centers, contexts, strict=True))


@test_case(
    name="to be or not to be",
    points=1.5,
    failure_message="Every two neighbours in both orders, and again each time they meet.",
)
def test_pairs(skipgram_pairs):
    got = sorted_pairs(skipgram_pairs([0, 1, 2, 3, 0, 1], 1))
    want = [(0, 1), (0, 1), (0, 3), (1, 0), (1, 0), (1, 2), (2, 1), (2, 3), (3, 0), (3, 2)]
    assert_equal(got, want, what="pairs, sorted")


@test_case(
    name="a window wider than the text",
    points=1,
    failure_message="Three words have six ordered pairs, however wide the window is. A window of 0 "
    "is a ValueError.",
)
def test_wide(skipgram_pairs):
    got = sorted_pairs(skipgram_pairs([7, 8, 9], 5))
    assert_equal(got, [(7, 8), (7, 9), (8, 7), (8, 9), (9, 7), (9, 8)], what="pairs, sorted")
    assert_raises(ValueError, skipgram_pairs, [7, 8, 9], 0, mentions="window")


@test_case(
    name="thinned out",
    points=1.5,
    failure_message="sqrt(t / f) with the share f = 0.6, 0.3, 0.1, and never above 1.",
)
def test_keep(keep_probability):
    got = keep_probability([6, 3, 1], t=0.1)
    assert_array(got, [np.sqrt(1 / 6), np.sqrt(1 / 3), 1.0])
    assert_raises(ValueError, keep_probability, [6, 3, 1], t=0, mentions="t")


@test_case(
    name="noise of the handout",
    points=1.5,
    failure_message="16 ** 0.75 = 8, so 8/9 and 1/9; a word that never occurs is never drawn.",
)
def test_noise(noise_distribution):
    assert_array(noise_distribution([16, 1, 0]), [8 / 9, 1 / 9, 0])
    assert_array(noise_distribution([16, 1, 0], power=0), [0.5, 0.5, 0])
    assert_raises(ValueError, noise_distribution, [0, 0], mentions="counts")
