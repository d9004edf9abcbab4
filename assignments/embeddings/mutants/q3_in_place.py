"""The rows are scaled where they are."""

question = "q3"


def ranking(vectors, query):
    vectors = _table(vectors, "vectors")
    query = np.asarray(query, dtype=np.float64)
    if query.shape != vectors.shape[1:]:
        raise ValueError(f"query must have shape {vectors.shape[1:]}, not {query.shape}")
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-300)
    return np.argsort(-_cosines(_unit(vectors), query), kind="stable")
