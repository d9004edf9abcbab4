"""The vocabulary is sorted, so that words and vectors no longer belong together."""

question = "q7"


def cluster_words(vectors, vocabulary, k, rng):
    vectors, vocabulary = _points(vectors, "vectors"), sorted(vocabulary)
    if len(vocabulary) != len(vectors):
        raise ValueError(f"vocabulary must have {len(vectors)} words, not {len(vocabulary)}")
    _in_range("k", k, 1, len(vectors))
    labels = spectral_clustering(vectors, k, rng, affinity="cosine")
    return [[vocabulary[i] for i in np.flatnonzero(labels == c)] for c in range(k)]
