"""More groups than words become as many."""

question = "q7"
_right = cluster_words


def cluster_words(vectors, vocabulary, k, rng):
    return _right(vectors, vocabulary, min(k, len(vectors)), rng)
