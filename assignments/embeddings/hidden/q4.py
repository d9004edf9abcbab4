"""Who stands near whom: fresh inputs."""

import numpy as np

from autograder.checks import assert_array, assert_equal, assert_raises, expect, test_case

OK_FORMAT = False
name = "q4 (hidden)"
points = 4.5


@test_case(
    name="pairs of a longer text",
    points=1.5,
    hidden=True,
    failure_message="Each ordered pair of positions at a distance of at most `window`, once. A "
    "word may be its own context, if it occurs twice.",
)
def test_longer(skipgram_pairs):
    rng = np.random.default_rng(41)
    for n, window in ((50, 1), (40, 4), (6, 5), (6, 6), (3, 9)):
        ids = rng.integers(0, 9, n)
        before = ids.copy()
        near = [
            (int(ids[i]), int(ids[j]))
            for i in range(n)
            for j in range(n)
            if 1 <= abs(i - j) <= window
        ]
        for given in (ids, ids.tolist(), tuple(ids.tolist()), ids.astype(np.uint8)):
            a, b = (np.asarray(part) for part in skipgram_pairs(given, window))
            whole = np.issubdtype(a.dtype, np.integer) and np.issubdtype(b.dtype, np.integer)
            expect(bool(whole), "centers and contexts are arrays of integers")
            assert_equal(
                sorted(zip(a.tolist(), b.tolist(), strict=True)), sorted(near), what="pairs"
            )
        assert_array(ids, before, what="ids after the call")


@test_case(
    name="texts without pairs",
    points=0.5,
    hidden=True,
    failure_message="One word, or none, makes no pair: two empty arrays.",
)
def test_empty(skipgram_pairs):
    for ids in ([], [3], np.zeros(0, dtype=int)):
        a, b = skipgram_pairs(ids, 2)
        assert_equal((np.shape(a), np.shape(b)), ((0,), (0,)), what="shapes without pairs")


@test_case(
    name="kept and drawn",
    points=1.5,
    hidden=True,
    failure_message="A word below the share t is always kept, one that never occurs too. Noise "
    "sums to 1; which power, and how large the counts are, makes no difference to that.",
)
def test_distributions(keep_probability, noise_distribution):
    rng = np.random.default_rng(42)
    counts = rng.integers(1, 2000, 30)
    counts[[4, 9]] = 0
    before = counts.copy()
    share = counts / counts.sum()
    for t in (1e-3, 0.02, 0.5):
        want = [1.0 if f <= t else (t / f) ** 0.5 for f in share]
        assert_array(keep_probability(counts, t), want, what="probabilities of being kept")
    default = [1.0 if f <= 1e-3 else (1e-3 / f) ** 0.5 for f in share]
    assert_array(keep_probability(counts.tolist()), default, what="probabilities, default t")
    for power in (0.0, 0.5, 1.0, 2.0):
        raised = np.array([float(c) ** power if c else 0.0 for c in counts])
        got = noise_distribution(counts, power)
        assert_array(got, raised / raised.sum(), what=f"noise for power {power}")
    assert_array(noise_distribution([3]), [1.0], what="noise of a single word")
    rare = noise_distribution(np.array([1e-12, 1.0]), 1.0)
    assert_array(rare, [1e-12, 1.0], rtol=1e-9, atol=0, what="noise of a rare word")
    assert_array(keep_probability([3, 0, 1], 2.0), np.ones(3), what="probabilities for t = 2")
    small = np.array([3, 1, 0], dtype=np.float32)
    got, want = keep_probability(small, 0.25), [(1 / 3) ** 0.5, 1.0, 1.0]
    assert_array(got, want, dtype=np.float64, what="probabilities for float32")
    got, want = noise_distribution(small, 1.0), [0.75, 0.25, 0.0]
    assert_array(got, want, dtype=np.float64, what="noise for float32")
    usual = counts**0.75 / (counts**0.75).sum()
    assert_array(noise_distribution(counts.tolist()), usual, what="noise, default power")
    assert_array(counts, before, what="counts after the calls")


@test_case(
    name="arguments that cannot be used",
    points=1,
    hidden=True,
    failure_message="ValueError that names the argument: a window below 1, negative counts, no "
    "count at all, a t that is not positive, a negative power.",
)
def test_errors(skipgram_pairs, keep_probability, noise_distribution):
    for window in (0, -2):
        assert_raises(ValueError, skipgram_pairs, [1, 2, 3], window, mentions="window")
    for function in (keep_probability, noise_distribution):
        for counts in ([3.0, -1.0, 5.0], [0.0, 0.0, 0.0]):
            assert_raises(ValueError, function, counts, mentions="counts")
    for t in (0.0, -1e-3):
        assert_raises(ValueError, keep_probability, [1, 2], t, mentions="t")
    assert_raises(ValueError, noise_distribution, [1, 2], -0.5, mentions="power")
