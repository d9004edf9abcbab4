"""A generator of its own."""

question = "q7"


_cluster_words = cluster_words


def cluster_words(vectors, vocabulary, k, rng):
    return _cluster_words(vectors, vocabulary, k, np.random.default_rng())
