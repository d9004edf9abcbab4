"""k-means on the vectors themselves: frequent words beside frequent words."""

question = "q7"


def cluster_words(vectors, vocabulary, k, rng):
    vectors, vocabulary = _points(vectors, "vectors"), list(vocabulary)
    if len(vocabulary) != len(vectors):
        raise ValueError(f"vocabulary must have {len(vectors)} words, not {len(vocabulary)}")
    _in_range("k", k, 1, len(vectors))
    labels = kmeans(vectors, k, rng)[0]
    return [[vocabulary[i] for i in np.flatnonzero(labels == c)] for c in range(k)]
