"""How many clusters, and which words: fresh inputs.

While `cluster_words` is judged, stand-ins take the place of the functions from q1 to q5.
"""

import numpy as np

from autograder.checks import assert_equal, assert_raises, test_case

OK_FORMAT = False
name = "q7 (hidden)"
points = 3


def run(cluster_words, vectors, vocabulary, k, seed):
    import inspect

    import numpy as np

    def cosine_affinity(x, *more):
        x = np.asarray(x, float)
        unit = x / np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-300)
        return np.clip(unit @ unit.T, 0, 1) * (1 - np.eye(len(x)))

    def rbf_affinity(x, gamma, *more):
        x = np.asarray(x, float)
        squared = ((x[:, None] - x) ** 2).sum(axis=2)
        return np.exp(-gamma * squared) * (1 - np.eye(len(x)))

    def knn_graph(x, k, *more, **options):
        x = np.asarray(x, float)
        squared = ((x[:, None] - x) ** 2).sum(axis=2) + np.diag(np.full(len(x), np.inf))
        named = squared <= np.sort(squared, axis=1)[:, [k - 1]]
        return (named | named.T) * 1.0

    def spectral_embedding(w, k, *more):
        w = np.asarray(w.toarray() if hasattr(w, "toarray") else w, float)
        degree = w.sum(axis=1)
        half = np.where(degree > 0, 1 / np.sqrt(np.where(degree > 0, degree, 1)), 0)
        u = np.linalg.eigh(np.diag((degree > 0) * 1.0) - half[:, None] * w * half)[1][:, :k]
        length = np.linalg.norm(u, axis=1, keepdims=True)
        return u / np.where(length > 0, length, 1)

    def kmeans(x, k, rng, n_init=10, *more, **options):
        best = (None, None, np.inf)
        for _ in range(n_init):
            centers = x[rng.integers(len(x), size=1)]
            while len(centers) < k:
                near = ((x[:, None] - centers) ** 2).sum(2).min(axis=1) + 1e-300
                centers = np.vstack([centers, x[rng.choice(len(x), p=near / near.sum())]])
            for _ in range(50):
                labels = ((x[:, None] - centers) ** 2).sum(2).argmin(axis=1)
                for c in range(k):
                    if (labels == c).any():
                        centers[c] = x[labels == c].mean(axis=0)
            inertia = float(((x - centers[labels]) ** 2).sum())
            if inertia < best[2]:
                best = (labels, centers, inertia)
        return best

    def spectral_clustering(
        x, k, rng, affinity="knn", neighbors=10, gamma=1.0, n_init=10, *more, **options
    ):
        w = {
            "cosine": lambda: cosine_affinity(x),
            "rbf": lambda: rbf_affinity(x, gamma),
            "knn": lambda: knn_graph(x, neighbors),
            "precomputed": lambda: x,
        }[affinity]()
        return kmeans(spectral_embedding(w, k), k, rng, n_init)[0]

    ours = (cosine_affinity, rbf_affinity, knn_graph, spectral_embedding, kmeans)
    names = inspect.unwrap(cluster_words).__globals__
    given = {f.__name__: f for f in (*ours, spectral_clustering) if f.__name__ in names}
    own = {name: names[name] for name in given}
    names.update(given)
    before = np.array(vectors, copy=True)
    try:
        groups = cluster_words(vectors, vocabulary, k, np.random.default_rng(seed))
    finally:
        names.update(own)
    assert np.array_equal(before, vectors), "vectors were modified"
    kinds = [type(groups).__name__, *{type(group).__name__ for group in groups}]
    return kinds, [[str(word) for word in group] for group in groups]


def word_vectors(seed):
    """Directions of three kinds, lengths that differ by a factor of a hundred."""
    rng = np.random.default_rng(seed)
    truth = rng.permutation(np.repeat([0, 1, 2], [9, 14, 7]))
    direction = np.eye(6)[truth * 2] + 0.12 * rng.standard_normal((30, 6))
    length = np.exp(rng.uniform(0, np.log(100), 30))
    return direction * length[:, None], [f"word{i}" for i in range(30)], truth


@test_case(
    name="the largest gap",
    points=1,
    hidden=True,
    failure_message="k counts from 1: a gap after the first eigenvalue means k = 1. Gaps beyond "
    "k_max do not count, and the last eigenvalue has none. The first of equal gaps.",
)
def test_gap(estimate_k):
    for values, k_max, wanted in (
        ([0.0, 0.9, 1.0, 1.1], 3, 1),
        ([0.0, 0.0, 0.0, 0.7, 0.8, 0.9], 5, 3),
        ([0.0, 0.25, 0.5, 0.9, 3.0], 2, 1),
        ([0.0, 1.0, 2.0, 3.0], 3, 1),
        ([0.0, 1.0, 1.5, 2.5], 3, 1),
        ([0.0, 0.25, 1.0, 4.0], 2, 2),
        ([0.0, 0.25, 1.0, 4.0], 3, 3),
        ([0.0, 0.5], 1, 1),
        ([0.0, 0.5, 2.0], 9, 2),
        ([-1e-16, 1e-17, 0.25, 0.5, 0.5], 4, 2),
        ([1.0, 1.0 + 1e-9, 1.0 + 4e-9], 2, 2),  # one and the same in single precision
    ):
        assert_equal(estimate_k(np.array(values), k_max), wanted)
    assert_equal(estimate_k([0.0, 0.0, 5.0], 2), 2, what="result for a list")


@test_case(
    name="groups of words",
    points=1.5,
    hidden=True,
    failure_message="The direction of a vector counts, not its length. k lists, each word once; "
    "words stay with their own vectors.",
)
def test_words(student):
    for seed in (701, 702):
        vectors, vocabulary, truth = word_vectors(seed)
        kinds, groups = student(run, vectors=vectors, vocabulary=vocabulary, k=3, seed=seed)
        assert_equal(kinds, ["list", "list"], what="types of the result and its parts")
        assert_equal(len(groups), 3, what="number of groups")
        wanted = [[w for w, c in zip(vocabulary, truth, strict=True) if c == t] for t in range(3)]
        got = sorted(sorted(group) for group in groups)
        assert_equal(got, sorted(sorted(group) for group in wanted), what="groups")
    vectors, vocabulary, truth = word_vectors(704)
    _, groups = student(run, vectors=vectors.tolist(), vocabulary=vocabulary, k=3, seed=2)
    wanted = [[w for w, c in zip(vocabulary, truth, strict=True) if c == t] for t in range(3)]
    got = sorted(sorted(group) for group in groups)
    assert_equal(got, sorted(sorted(group) for group in wanted), what="groups of a list")
    scattered = np.random.default_rng(705).random((40, 3))  # no groups: chance decides
    words = [f"word{i}" for i in range(40)]
    one, two = (student(run, vectors=scattered, vocabulary=words, k=9, seed=3)[1] for _ in range(2))
    got = sorted(sorted(group) for group in two)
    assert_equal(got, sorted(sorted(group) for group in one), what="groups of a second call")
    vectors, vocabulary, _ = word_vectors(703)
    _, groups = student(run, vectors=vectors, vocabulary=tuple(vocabulary), k=1, seed=0)
    assert_equal([sorted(groups[0])], [sorted(vocabulary)], what="one group")


@test_case(
    name="arguments that cannot be used",
    points=0.5,
    hidden=True,
    failure_message="ValueError: fewer than two eigenvalues, k_max below 1, a vocabulary of "
    "another length, k outside 1 … n.",
)
def test_errors(estimate_k, cluster_words):
    rng = np.random.default_rng(0)
    assert_raises(ValueError, estimate_k, [0.0], 1, mentions="eigenvalues")
    for k_max in (0, -3):
        assert_raises(ValueError, estimate_k, [0.0, 1.0, 2.0], k_max, mentions="k_max")
    vectors = np.eye(4) + 0.1
    for words in (["a", "b", "c"], ["a", "b", "c", "d", "e"]):
        assert_raises(ValueError, cluster_words, vectors, words, 2, rng, mentions="vocabulary")
    for k in (0, 5):
        assert_raises(ValueError, cluster_words, vectors, ["a", "b", "c", "d"], k, rng)
