"""Vectors shorter than 1e-8 count as zeros."""

question = "q3"


_ranking = ranking


def ranking(vectors, query):
    v = np.array(vectors, dtype=float)
    if v.ndim == 2:
        v[np.linalg.norm(v, axis=1) < 1e-8] = 0
    return _ranking(v, query)
