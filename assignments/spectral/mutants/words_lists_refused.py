"""The vectors have to be an array."""

question = "q7"
_right = cluster_words


def cluster_words(vectors, vocabulary, k, rng):
    return _right(vectors[: vectors.shape[0]], vocabulary, k, rng)
