"""Words without a vector are left out."""

question = "q7"
_right = cluster_words


def cluster_words(vectors, vocabulary, k, rng):
    return _right(vectors, list(vocabulary)[: len(vectors)], k, rng)
