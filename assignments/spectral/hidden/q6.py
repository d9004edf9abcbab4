"""How good is a clustering? Against the definitions, pair by pair."""

import math

import numpy as np

from autograder.checks import assert_array, assert_close, assert_raises, test_case

OK_FORMAT = False
name = "q6 (hidden)"
points = 6


def wanted_silhouette(x, labels):
    labels = list(labels)
    n = len(x)
    distance = np.sqrt(((x[:, None] - x) ** 2).sum(axis=2))
    total = 0.0
    for i in range(n):
        means = {}
        for c in set(labels):
            others = [j for j in range(n) if labels[j] == c and j != i]
            means[c] = distance[i, others].mean() if others else None
        a = means.pop(labels[i])
        if a is not None:
            b = min(means.values())
            total += (b - a) / max(a, b) if max(a, b) > 0 else 0.0
    return total / n


def wanted_davies_bouldin(x, labels):
    clusters = [x[[label == c for label in labels]] for c in set(labels)]
    means = [c.mean(axis=0) for c in clusters]
    spread = [np.linalg.norm(c - m, axis=1).mean() for c, m in zip(clusters, means, strict=True)]
    k = len(clusters)
    worst = [
        max(
            (spread[i] + spread[j]) / np.linalg.norm(means[i] - means[j])
            for j in range(k)
            if j != i
        )
        for i in range(k)
    ]
    return sum(worst) / k


def wanted_rand(a, b):
    pairs = [(i, j) for i in range(len(a)) for j in range(i)]
    first = sum(a[i] == a[j] for i, j in pairs)
    second = sum(b[i] == b[j] for i, j in pairs)
    both = sum(a[i] == a[j] and b[i] == b[j] for i, j in pairs)
    chance = first * second / len(pairs)
    return (both - chance) / ((first + second) / 2 - chance)


def cases():
    rng = np.random.default_rng(601)
    for n, d, k in ((30, 2, 3), (25, 4, 5), (12, 1, 2), (40, 3, 9)):
        labels = np.concatenate([np.arange(k), rng.integers(0, k, n - k)])
        yield rng.standard_normal((n, d)) + labels[:, None], labels


@test_case(
    name="silhouette",
    points=1.5,
    hidden=True,
    failure_message="The mean over all points of (b - a) / max(a, b), Euclidean distances (not "
    "squared). a is the mean distance to the *other* points of the own cluster, b to the "
    "nearest other cluster. x stays as it is.",
)
def test_silhouette(silhouette):
    for x, labels in cases():
        before = x.copy()
        # A distance by |a|² - 2ab + |b|² may be off by 1e-8.
        assert_close(silhouette(x, labels), wanted_silhouette(x, labels), rtol=1e-6, atol=1e-7)
        assert_array(x, before, what="input x after the call")
    x = np.random.default_rng(606).standard_normal((600, 2))
    labels = (x[:, 0] > 0) + 2 * (x[:, 1] > 0.5)
    distance = np.sqrt(((x[:, None] - x) ** 2).sum(axis=2))
    own = labels[:, None] == np.arange(4)
    means = distance @ own / (own.sum(axis=0) - own)
    a, b = means[own], np.where(own, np.inf, means).min(axis=1)
    wanted = ((b - a) / np.maximum(a, b)).mean()
    assert_close(silhouette(x, labels), wanted, rtol=1e-6, atol=1e-7, what="of 600 points")


@test_case(
    name="silhouette of those who are alone",
    points=0.5,
    hidden=True,
    failure_message="A point that is alone in its cluster counts as 0, and it does count in the "
    "mean. Coinciding points give no 0/0.",
)
def test_alone(silhouette):
    x = np.random.default_rng(602).standard_normal((9, 2))
    labels = [0, 0, 0, 1, 2, 2, 2, 3, 2]
    assert_close(silhouette(x, labels), wanted_silhouette(x, labels), rtol=1e-6)
    x = np.array([[1.0, 1.0]] * 3 + [[4.0, 5.0]] * 2)
    assert_close(silhouette(x, [0, 0, 0, 1, 1]), 1.0, rtol=1e-6)
    assert_close(silhouette(np.zeros((4, 2)), [0, 0, 1, 1]), 0.0, atol=1e-9)


@test_case(
    name="Davies-Bouldin",
    points=1,
    hidden=True,
    failure_message="For each cluster the *worst* other one, then the mean over clusters, not "
    "over points. Spread is the mean distance to the centre, neither squared nor its root.",
)
def test_davies_bouldin(davies_bouldin):
    for x, labels in cases():
        assert_close(davies_bouldin(x, labels), wanted_davies_bouldin(x, labels), rtol=1e-8)
    x = np.random.default_rng(603).standard_normal((6, 2))
    labels = [0, 0, 0, 1, 2, 2]
    assert_close(davies_bouldin(x, labels), wanted_davies_bouldin(x, labels), rtol=1e-8)


@test_case(
    name="adjusted Rand index",
    points=1,
    hidden=True,
    failure_message="Counted pair by pair, corrected for chance. The numbers of clusters may "
    "differ; a and b may change places; names do not matter.",
)
def test_rand(adjusted_rand):
    rng = np.random.default_rng(604)
    for n, k, m in ((30, 3, 4), (25, 2, 9), (40, 6, 6), (12, 1, 3), (10, 10, 4)):
        a = np.arange(n) % k
        b = np.where(rng.random(n) < 0.5, rng.integers(0, m, n), (a + 1) % m)
        assert_close(adjusted_rand(a, b), wanted_rand(a, b), rtol=1e-9, atol=1e-12)
        assert_close(adjusted_rand(b, a), wanted_rand(a, b), rtol=1e-9, atol=1e-12)
        assert_close(adjusted_rand(-7 * a, b), wanted_rand(a, b), rtol=1e-9, atol=1e-12)


@test_case(
    name="adjusted Rand index at the edges",
    points=1,
    hidden=True,
    failure_message="All together in both, or all apart in both: 1, not 0/0. All together "
    "against all apart: 0. A hundred thousand points have more pairs of pairs than an int64.",
)
def test_edges(adjusted_rand):
    for a, b, wanted in (
        ([0, 0, 0], [5, 5, 5], 1.0),
        ([0, 1, 2], [2, 0, 1], 1.0),
        ([0], [3], 1.0),
        ([0, 0, 0], [0, 1, 2], 0.0),
        ([0, 1, 1, 0], [0, 1, 1, 0], 1.0),
    ):
        assert_close(adjusted_rand(a, b), wanted)
    n = 200_000
    a, b = np.arange(n) % 2, np.arange(n) % 3 == 0
    table = np.array([[((a == c) & (b == e)).sum() for e in (False, True)] for c in (0, 1)])

    def pairs(counts):
        return sum(math.comb(int(c), 2) for c in np.ravel(counts))

    both, first, second = pairs(table), pairs(table.sum(1)), pairs(table.sum(0))
    every = math.comb(n, 2)
    wanted = (both * every - first * second) / ((first + second) * every / 2 - first * second)
    # P - AB/N cancels to about 1e-10 of its terms.
    assert_close(adjusted_rand(a, b * 1), wanted, rtol=1e-3, atol=1e-9)


@test_case(
    name="labels of any kind",
    points=0.5,
    hidden=True,
    failure_message="Labels are any hashable values: strings, tuples, negative or large numbers, "
    "in a list, a tuple or an array.",
)
def test_labels(silhouette, davies_bouldin, adjusted_rand):
    rng = np.random.default_rng(605)
    mixed = [1, "1", (1,), 1, "1", (1,), 2.5, 2.5]
    codes = [0, 1, 2, 0, 1, 2, 3, 3]
    x = rng.standard_normal((8, 2))
    assert_close(silhouette(x, mixed), wanted_silhouette(x, codes), rtol=1e-6, atol=1e-7)
    assert_close(davies_bouldin(x, mixed), wanted_davies_bouldin(x, codes), rtol=1e-8)
    assert_close(adjusted_rand(mixed, codes), 1.0, what="adjusted Rand index of mixed labels")
    wanted = wanted_silhouette(x.round(), codes)
    got = silhouette(x.round().astype(int).tolist(), np.array(codes))
    assert_close(got, wanted, rtol=1e-6, atol=1e-7, what="silhouette of a list")
    x, codes = rng.standard_normal((20, 2)), np.arange(20) % 3
    for names in (["act", "scene", "line"], [(1, "a"), (1, "b"), (2, "a")], [-5, 10**6, 3]):
        labels = [names[c] for c in codes]
        wanted = wanted_silhouette(x, codes)
        assert_close(silhouette(x, labels), wanted, rtol=1e-6, atol=1e-7, what="silhouette")
        assert_close(silhouette(x, tuple(labels)), wanted, rtol=1e-6, atol=1e-7)
        wanted = wanted_davies_bouldin(x, codes)
        assert_close(davies_bouldin(x, labels), wanted, rtol=1e-8, what="Davies-Bouldin")
        assert_close(adjusted_rand(labels, codes), 1.0, what="adjusted Rand index")


@test_case(
    name="arguments that cannot be used",
    points=0.5,
    hidden=True,
    failure_message="ValueError: one cluster only, labels that are too few or too many, x that is "
    "not 2-D, labellings of different length.",
)
def test_errors(silhouette, davies_bouldin, adjusted_rand):
    x = np.arange(8.0).reshape(4, 2)
    for function in (silhouette, davies_bouldin):
        assert_raises(ValueError, function, x, [2, 2, 2, 2], mentions="labels")
        assert_raises(ValueError, function, x, [0, 1, 0], mentions="labels")
        assert_raises(ValueError, function, x, [0, 1, 0, 1, 0], mentions="labels")
        assert_raises(ValueError, function, x[:, 0], [0, 1, 0, 1], mentions="x")
    for a, b in (([0, 1, 1], [0, 1]), ([0, 1], [0, 1, 1]), ([0], [0, 1]), ([0, 1], [0])):
        assert_raises(ValueError, adjusted_rand, a, b)
    assert_raises(ValueError, adjusted_rand, [], [])
