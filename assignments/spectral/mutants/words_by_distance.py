"""The radial affinity: length counts."""

question = "q7"


def cluster_words(vectors, vocabulary, k, rng):
    vectors, vocabulary = _points(vectors, "vectors"), list(vocabulary)
    if len(vocabulary) != len(vectors):
        raise ValueError(f"vocabulary must have {len(vectors)} words, not {len(vocabulary)}")
    _in_range("k", k, 1, len(vectors))
    labels = spectral_clustering(vectors, k, rng, affinity="rbf")
    return [[vocabulary[i] for i in np.flatnonzero(labels == c)] for c in range(k)]
