"""How many clusters, and which words.

While `cluster_words` is judged, stand-ins take the place of your functions from q1 to q5.
"""

import numpy as np

from autograder.checks import assert_equal, assert_raises, test_case

OK_FORMAT = False
name = "q7"
points = 3
hints = [
    "`np.diff(eigenvalues)[i]` is the gap after the (i+1)-th eigenvalue. Only the first k_max "
    "gaps count.",
    "`labels = spectral_clustering(vectors, k, rng, affinity='cosine')`; then collect the words "
    "of each label.",
    "`[[word for word, label in zip(vocabulary, labels) if label == c] for c in range(k)]`",
]


def run(cluster_words, vectors, vocabulary, k):
    """`cluster_words` with stand-ins for what other questions ask."""
    import inspect

    import numpy as np
    from scipy.sparse import csgraph

    def cosine_affinity(x):
        from scipy.spatial.distance import cdist

        return np.clip(1 - cdist(x, x, "cosine"), 0, 1) * (1 - np.eye(len(x)))

    def spectral_embedding(w, k):
        return np.eye(k)[csgraph.connected_components(np.asarray(w) > 1e-9)[1] % k]

    def kmeans(x, k, *more, **options):
        return np.argmax(x, axis=1), None, 0.0

    def spectral_clustering(x, k, *more, **options):
        w = x if options.get("affinity") == "precomputed" else cosine_affinity(np.asarray(x))
        return kmeans(spectral_embedding(w, k), k)[0]

    names = inspect.unwrap(cluster_words).__globals__
    given = [cosine_affinity, spectral_embedding, kmeans, spectral_clustering]
    own = {f.__name__: names[f.__name__] for f in given if f.__name__ in names}
    names.update({f.__name__: f for f in given if f.__name__ in own})
    try:
        return cluster_words(vectors, vocabulary, k, np.random.default_rng(0))
    finally:
        names.update(own)


@test_case(
    name="the largest gap",
    points=1,
    failure_message="The handout's list: the largest gap follows the third value, so k is 3.",
)
def test_gap(estimate_k):
    assert_equal(estimate_k([0.0, 0.0, 0.02, 0.5, 0.6], 4), 3)
    assert_equal(estimate_k([0.0, 0.1, 0.9, 1.0], 1), 1)


@test_case(
    name="two groups of words",
    points=1,
    failure_message="king and queen point one way, bread and wine another. A list of k lists, "
    "each word in one of them.",
)
def test_words(student):
    vectors = np.array([[1.0, 2.0, 0.0], [0.0, 0.0, 3.0], [2.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    groups = student(run, vectors=vectors, vocabulary=["king", "bread", "queen", "wine"], k=2)
    got = sorted(sorted(group) for group in groups)
    assert_equal(got, [["bread", "wine"], ["king", "queen"]], what="groups")


@test_case(
    name="arguments that cannot be used",
    points=1,
    failure_message="Raise ValueError yourself, with a message that names the argument.",
)
def test_errors(estimate_k, cluster_words):
    rng = np.random.default_rng(0)
    assert_raises(ValueError, estimate_k, [0.0, 1.0], 0, mentions="k_max")
    assert_raises(ValueError, cluster_words, np.eye(3), ["a", "b"], 2, rng, mentions="vocabulary")
