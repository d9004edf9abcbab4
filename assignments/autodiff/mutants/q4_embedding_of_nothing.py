"""ids without an entry are refused."""

question = "q4"


_embedding = embedding


def embedding(table, ids):
    np.min(ids)  # raises for an empty array
    return _embedding(table, ids)
