"""Is it found? Fresh inputs."""

import numpy as np

from autograder.checks import (
    assert_array,
    assert_close,
    assert_equal,
    assert_raises,
    expect,
    test_case,
)

OK_FORMAT = False
name = "q3 (hidden)"
points = 5.5


def cosines(vectors, query):
    vectors, query = np.asarray(vectors, float), np.asarray(query, float)
    size = np.sqrt((vectors**2).sum(axis=1) * (query**2).sum())
    return np.divide(vectors @ query, size, out=np.zeros(len(vectors)), where=size > 0)


def oracle(vectors, labels):
    """Precision at each hit, by definition."""
    scores = []
    for i in range(len(labels)):
        others = [j for j in range(len(labels)) if j != i]
        if not any(labels[j] == labels[i] for j in others):
            continue
        cosine = cosines(vectors, vectors[i])
        hits = [labels[j] == labels[i] for j in sorted(others, key=lambda j: (-cosine[j], j))]
        at_hits = [np.mean(hits[: place + 1]) for place, hit in enumerate(hits) if hit]
        scores.append(np.mean(at_hits))
    return np.mean(scores)


@test_case(
    name="rankings of many vectors",
    points=1,
    hidden=True,
    failure_message="By the cosine, best first, every row once; the length of a row plays no part, "
    "and opposite directions come last.",
)
def test_many(ranking):
    rng = np.random.default_rng(31)
    vectors = rng.standard_normal((60, 7)) * rng.uniform(0.01, 100, (60, 1))
    query = rng.standard_normal(7)
    before = vectors.copy(), query.copy()
    got = np.asarray(ranking(vectors, query))
    expect(np.issubdtype(got.dtype, np.integer), "the numbers of rows are integers")
    assert_array(got, np.argsort(-cosines(vectors, query)), what="ranking")
    assert_array(vectors, before[0], what="vectors after the call")
    assert_array(query, before[1], what="query after the call")
    assert_array(ranking(vectors.tolist(), query.tolist()), got, what="ranking of lists")
    assert_array(ranking(vectors * 1e-12, query), got, what="ranking of short vectors")
    assert_equal(np.shape(ranking(np.zeros((0, 7)), query)), (0,), what="shape for no vector")


@test_case(
    name="equal rows in their order",
    points=0.5,
    hidden=True,
    failure_message="Of equal cosines the smaller number comes first, with many equal ones too; a "
    "query of zeros has cosine 0 with all.",
)
def test_equal(ranking):
    rng = np.random.default_rng(32)
    kind = rng.integers(0, 3, 50)
    vectors = np.array([[0.0, 2.0], [3.0, 0.0], [0.0, 0.0]])[kind]
    front = np.flatnonzero(kind == 1)
    assert_array(ranking(vectors, [4.0, 0.0]), [*front, *np.flatnonzero(kind != 1)])
    assert_array(ranking(vectors, [0.0, 0.0]), np.arange(50), what="ranking for zeros")


@test_case(
    name="average precision of many lists",
    points=1,
    hidden=True,
    failure_message="Precision counts at the places of relevant items only, and the sum is divided "
    "by all relevant ones, found or not.",
)
def test_precisions(average_precision, student):
    def kept(average_precision, ranked, relevant):
        return (ranked, relevant) if average_precision(ranked, relevant) else None

    given = [3, 1, 2], {1, 5}
    left = student(kept, ranked=given[0], relevant=given[1])
    assert_equal(left, given, what="ranked and relevant after the call")
    rng = np.random.default_rng(33)
    for _ in range(6):
        items = rng.permutation(40)[:25].tolist()
        relevant = set(rng.integers(0, 40, 9).tolist())
        hits = np.isin(items, list(relevant))
        want = sum(hits[: i + 1].mean() for i in np.flatnonzero(hits)) / len(relevant)
        assert_close(average_precision(items, relevant), want)
        assert_close(average_precision(tuple(items), sorted(relevant)), want)
        assert_close(average_precision(np.array(items), relevant), want)
    assert_close(average_precision([], {1, 2}), 0.0, what="precision of an empty list")
    assert_close(average_precision([3, 4], {1, 2}), 0.0, what="precision of nothing found")


@test_case(
    name="mean average precision",
    points=2,
    hidden=True,
    failure_message="Each document once, itself left out of list and count; documents without a "
    "partner never ask, but stand in the lists of the others.",
)
def test_mean(mean_average_precision):
    rng = np.random.default_rng(34)
    for seed in (0, 1):
        labels = [("war", 1), "sea", "sea", 7, ("war", 1), "sea", None, 7, "alone", 7, "sea", None]
        directions = dict(zip(dict.fromkeys(labels), rng.standard_normal((6, 4)), strict=False))
        noise = rng.standard_normal((12, 4))
        vectors = np.array([directions[x] for x in labels]) + (0.5 + seed) * noise
        vectors *= rng.uniform(0.1, 10, (12, 1))
        vectors[8] = vectors[:8].mean(axis=0)
        got = mean_average_precision(vectors, labels)
        assert_close(got, oracle(vectors, labels))
        assert_close(mean_average_precision(vectors.tolist(), tuple(labels)), got)
    numbers = np.arange(12) % 5
    got = mean_average_precision(vectors, numbers)
    assert_close(got, oracle(vectors, numbers.tolist()), what="MAP with an array of labels")
    alike = [1, "1", 1, "1", (1,), (1,), "(1,)", "(1,)", 2, 2, "2", "2"]
    got = mean_average_precision(vectors, alike)
    assert_close(got, oracle(vectors, alike), what="MAP with labels that look alike")
    same = np.ones((4, 2))
    want = (2 / 3 + 1 / 2 * (1 / 1 + 1) / 2 * 0) * 0 + oracle(same, [1, 2, 1, 2])
    assert_close(mean_average_precision(same, [1, 2, 1, 2]), want, what="MAP of equal rows")


@test_case(
    name="arguments that cannot be used",
    points=1,
    hidden=True,
    failure_message="ValueError that names the argument: tables that are not 2-D, a query of "
    "another length, nothing relevant, labels of another number or all different.",
)
def test_errors(ranking, average_precision, mean_average_precision):
    x = np.ones((4, 3))
    assert_raises(ValueError, ranking, np.ones(3), np.ones(3), mentions="vectors")
    for query in (np.ones(2), np.ones(4), np.ones((1, 3)), 1.0):
        assert_raises(ValueError, ranking, x, query, mentions="query")
    assert_raises(ValueError, average_precision, [1, 2], set(), mentions="relevant")
    assert_raises(ValueError, mean_average_precision, np.ones(3), "aab", mentions="vectors")
    for labels in ("aab", "aabbc", "abcd"):
        assert_raises(ValueError, mean_average_precision, x, list(labels), mentions="labels")
