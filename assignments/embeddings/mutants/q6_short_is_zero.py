"""Vectors shorter than 1e-8 count as zeros."""

question = "q6"


_neighbors = neighbors


def neighbors(vectors, vocabulary, word, n):
    v = np.array(vectors, dtype=float)
    if v.ndim == 2:
        v[np.linalg.norm(v, axis=1) < 1e-8] = 0
    return _neighbors(v, vocabulary, word, n)
