"""ids of several axes are flattened."""

question = "q4"
_right = embedding


def embedding(table, ids):
    return _right(table, np.asarray(ids).reshape(-1))
