"""A row of zeros has the cosine NaN, which is sorted last."""

question = "q3"


def ranking(vectors, query):
    vectors = _table(vectors, "vectors")
    query = np.asarray(query, dtype=np.float64)
    if query.shape != vectors.shape[1:]:
        raise ValueError(f"query must have shape {vectors.shape[1:]}, not {query.shape}")
    cosine = _cosines(_unit(vectors), query)
    cosine[(vectors**2).sum(axis=1) == 0] = -2.0
    return np.argsort(-cosine, kind="stable")
