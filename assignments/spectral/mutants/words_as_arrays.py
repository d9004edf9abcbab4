"""The groups are arrays of words."""

question = "q7"
_right = cluster_words


def cluster_words(vectors, vocabulary, k, rng):
    return [np.array(group) for group in _right(vectors, vocabulary, k, rng)]
