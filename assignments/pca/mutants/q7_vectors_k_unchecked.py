"""word_vectors takes a k that is too large for V, and one below 1 for 1."""

question = "q7"


_right_vectors = word_vectors


def word_vectors(counts, k):
    return _right_vectors(counts, min(max(k, 1), np.shape(counts)[-1]))
