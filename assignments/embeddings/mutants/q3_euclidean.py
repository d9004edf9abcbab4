"""By the distance."""

question = "q3"


def ranking(vectors, query):
    vectors = _table(vectors, "vectors")
    query = np.asarray(query, dtype=np.float64)
    if query.shape != vectors.shape[1:]:
        raise ValueError(f"query must have shape {vectors.shape[1:]}, not {query.shape}")
    cosine = -((vectors - query) ** 2).sum(axis=1)  # equal rows, equal sums
    return np.argsort(-cosine, kind="stable")
