"""A number or a row is a query."""

question = "q3"


def ranking(vectors, query):
    vectors = _table(vectors, "vectors")
    query = np.asarray(query, dtype=np.float64)
    query = np.broadcast_to(query.ravel(), vectors.shape[1:])
    return np.argsort(-_cosines(_unit(vectors), query), kind="stable")
