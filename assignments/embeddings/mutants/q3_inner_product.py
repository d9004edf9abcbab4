"""By the inner product."""

question = "q3"


def ranking(vectors, query):
    vectors = _table(vectors, "vectors")
    query = np.asarray(query, dtype=np.float64)
    if query.shape != vectors.shape[1:]:
        raise ValueError(f"query must have shape {vectors.shape[1:]}, not {query.shape}")
    return np.argsort(-(vectors @ query), kind="stable")
