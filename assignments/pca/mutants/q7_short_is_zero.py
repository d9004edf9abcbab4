"""A short vector is taken for one of zeros."""

question = "q7"


_of_any_length = nearest


def nearest(vectors, vocabulary, word, n):
    vectors = np.array(vectors, dtype=float)
    vectors[np.linalg.norm(vectors, axis=1) < 1e-8] = 0.0
    return _of_any_length(vectors, vocabulary, word, n)
