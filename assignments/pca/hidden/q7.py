"""Words by the company they keep: fresh texts and edges."""

import numpy as np

from autograder.checks import assert_array, assert_equal, assert_raises, expect, test_case

OK_FORMAT = False
name = "q7 (hidden)"
points = 7


def brute_force(tokens, vocabulary, window):
    counts = np.zeros((len(vocabulary), len(vocabulary)))
    for i, a in enumerate(tokens):
        for j, b in enumerate(tokens):
            if 1 <= abs(i - j) <= window and a in vocabulary and b in vocabulary:
                counts[vocabulary.index(a), vocabulary.index(b)] += 1
    return counts


def expected_ppmi(counts):
    counts = np.asarray(counts, dtype=float)
    result = np.zeros_like(counts)
    for i, j in np.argwhere(counts > 0):
        by_chance = counts[i].sum() * counts[:, j].sum() / counts.sum()
        result[i, j] = max(0.0, np.log(counts[i, j] / by_chance))
    return result


@test_case(
    name="fresh texts",
    points=1,
    hidden=True,
    failure_message="Count each ordered pair of positions at distance 1 to window, repeated words "
    "included; unknown words keep their place.",
)
def test_cooccurrence(student):
    def probe(cooccurrence, tokens, vocabulary, window):
        counts = cooccurrence(tokens, vocabulary, window)
        return counts, tokens, vocabulary  # as they are after the call

    cooccurrence = student.function("cooccurrence")
    rng = np.random.default_rng(711)
    words = list("abcdefgh")
    for length, known, window in ((40, 8, 1), (60, 5, 2), (50, 3, 7), (30, 1, 3)):
        tokens = [words[i] for i in rng.integers(0, 8, length)]
        vocabulary = [words[i] for i in rng.permutation(8)[:known]]
        want = brute_force(tokens, vocabulary, window)
        given = {"tokens": list(tokens), "vocabulary": list(vocabulary), "window": window}
        counts, *after = student(probe, **given)
        assert_array(counts, want, dtype=np.float64)
        assert_equal(after, [tokens, vocabulary], what="tokens and vocabulary after the call")
        assert_array(cooccurrence(tuple(tokens), tuple(vocabulary), window), want)
    counts = cooccurrence(["King", "king", "King"], ["king", "King"], 2)
    assert_array(counts, [[0, 2], [2, 2]], what="counts of words that differ in their first letter")


@test_case(
    name="short texts, wide windows, a long text",
    points=1,
    hidden=True,
    failure_message="The window may be longer than the text, the text may be empty or hold no "
    "known word, and it may have many thousand words.",
)
def test_lengths(cooccurrence):
    assert_array(cooccurrence(["a", "b", "a"], ["a", "b"], 10), [[2, 2], [2, 0]])
    for tokens in ([], ["a"], ["x", "y", "x"]):
        assert_array(cooccurrence(tokens, ["a", "b"], 3), np.zeros((2, 2)), dtype=np.float64)
    n = 30000  # a b c a b c …
    counts = cooccurrence(["a", "b", "c"] * (n // 3), ["c", "a"], 2)
    assert_array(counts, [[0, 2 * n / 3 - 1], [2 * n / 3 - 1, 0]])


@test_case(
    name="PPMI of any table",
    points=1,
    hidden=True,
    failure_message="Row sums for rows and column sums for columns (a table need not be "
    "symmetric), the natural logarithm, and nothing below 0. Counts need not be whole numbers.",
)
def test_ppmi(ppmi):
    rng = np.random.default_rng(731)
    for shape in ((6, 6), (4, 9)):
        counts = rng.poisson(2.0, shape).astype(float)
        before = counts.copy()
        assert_array(ppmi(counts), expected_ppmi(counts), dtype=np.float64)
        assert_array(counts, before, what="counts after the call")
        for share in (1 / 8, 1e-9):
            assert_array(ppmi(share * counts), expected_ppmi(counts), what="result for shares")
        whole = counts.astype(np.int32)
        assert_array(ppmi(whole), expected_ppmi(counts), dtype=np.float64)


@test_case(
    name="PPMI with empty rows and columns",
    points=0.5,
    hidden=True,
    failure_message="Words without neighbours have rows of 0, not NaN; so has a table without any "
    "count.",
)
def test_ppmi_zeros(ppmi):
    counts = np.array([[0, 3, 0, 1], [3, 2, 0, 0], [0, 0, 0, 0], [1, 0, 0, 0]])
    assert_array(ppmi(counts), expected_ppmi(counts))
    assert_array(ppmi(np.zeros((3, 3))), np.zeros((3, 3)))


@test_case(
    name="word vectors",
    points=1,
    hidden=True,
    failure_message="Scores of the centred PPMI rows along the first k components: not of the "
    "counts, not the components themselves, not scaled to a common length.",
)
def test_vectors(word_vectors):
    rng = np.random.default_rng(741)
    for k in (1, 4, 12):
        counts = rng.poisson(1.5, (12, 12)).astype(float)
        counts = counts + counts.T
        table = expected_ppmi(counts)
        u, sigma, _ = np.linalg.svd(table - table.mean(axis=0))
        scores = u[:, :k] * sigma[:k]
        got = word_vectors(counts, k)
        expect(isinstance(got, np.ndarray) and got.shape == (12, k), "the shape should be (V, k)")
        # Inner products have no sign; the eigenvalues of this table are well apart.
        assert_array(got @ got.T, scores @ scores.T, rtol=1e-6, atol=1e-7, what="inner products")
        assert_array(counts, counts.T, what="counts after the call")
        size = np.linalg.norm(got, axis=0)
        assert_array(size, sigma[:k], rtol=1e-6, atol=1e-6, what="lengths of the columns")


@test_case(
    name="nearest by the angle",
    points=1,
    hidden=True,
    failure_message="The largest cosine first: neither the inner product nor the distance. The "
    "word itself is left out even if another has the same direction. Nearly equal cosines are told "
    "apart in double precision.",
)
def test_nearest(nearest):
    rng = np.random.default_rng(751)
    vocabulary = [f"w{i}" for i in range(30)]
    vectors = rng.standard_normal((30, 5)) * rng.uniform(0.1, 10, (30, 1))
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    for own in (0, 11, 29):
        order = [i for i in np.argsort(-(unit @ unit[own])) if i != own]
        for n in (1, 7, 29):
            want = [vocabulary[i] for i in order[:n]]
            assert_equal(nearest(vectors, vocabulary, vocabulary[own], n), want)
    assert_equal(nearest([[1.0, 2.0], [2.0, 4.0], [1.0, 0.0]], ["a", "b", "c"], "b", 1), ["a"])
    # Angles of 2, 1 and 3 times 1e-4: the cosines differ by 1e-8, which single precision loses.
    close = [[1.0, 0.0], [1.0, 2e-4], [1.0, 1e-4], [1.0, 3e-4]]
    assert_equal(nearest(close, ["own", "b", "a", "c"], "own", 3), ["a", "b", "c"])


@test_case(
    name="vectors of zeros, more than there are",
    points=0.5,
    hidden=True,
    failure_message="A vector of zeros has cosine 0 with all others: before those that point away, "
    "and never NaN. There may be fewer than n other words.",
)
def test_nearest_edges(nearest):
    vectors = np.array([[1.0, 0.0], [0.0, 0.0], [-1.0, 0.1], [3.0, 1.0]])
    vocabulary = ["a", "zero", "away", "near"]
    before = vectors.copy()
    assert_equal(nearest(vectors, vocabulary, "a", 3), ["near", "zero", "away"])
    assert_array(vectors, before, what="vectors after the call")
    vectors[3] *= 1e-12  # short, but no vector of zeros
    assert_equal(nearest(vectors, vocabulary, "a", 50), ["near", "zero", "away"])
    assert_equal(sorted(nearest(vectors, vocabulary, "zero", 3)), ["a", "away", "near"])


@test_case(
    name="arguments that cannot be used",
    points=1,
    hidden=True,
    failure_message="ValueError for a window below 1, negative counts, a k that is no number of "
    "components, an unknown word, and a number of words below 1.",
)
def test_errors(cooccurrence, ppmi, word_vectors, nearest):
    for window in (0, -2):
        assert_raises(ValueError, cooccurrence, ["a", "b"], ["a", "b"], window, mentions="window")
    assert_raises(ValueError, ppmi, [[1.0, -1.0], [2.0, 1.0]])
    assert_raises(ValueError, ppmi, [1.0, 2.0])
    counts = np.array([[0.0, 2.0, 1.0], [2.0, 0.0, 1.0], [1.0, 1.0, 0.0]])
    for k in (0, 4):
        assert_raises(ValueError, word_vectors, counts, k, mentions="k")
    for bad in ([[1.0]], [1.0, 2.0], [[0.0, -1.0], [-1.0, 0.0]]):
        assert_raises(ValueError, word_vectors, bad, 1)
    assert_raises(
        ValueError, nearest, counts, ["a", "b", "c"], "zebra", 2, mentions=("word", "zebra")
    )
    for n in (0, -1):
        assert_raises(ValueError, nearest, counts, ["a", "b", "c"], "a", n, mentions="n")
