"""word_vectors adds the transpose to the caller's counts."""

question = "q7"


_right_vectors = word_vectors


def word_vectors(counts, k):
    answer = _right_vectors(counts, k)
    if isinstance(counts, np.ndarray) and counts.dtype == np.float64:
        counts += np.tril(counts)
    return answer
