"""The caller's vectors have length 1 afterwards."""

question = "q7"


_as_left = nearest


def nearest(vectors, vocabulary, word, n):
    found = _as_left(vectors, vocabulary, word, n)
    if isinstance(vectors, np.ndarray):
        length = np.linalg.norm(vectors, axis=1, keepdims=True)
        vectors /= np.where(length > 0, length, 1.0)
    return found
