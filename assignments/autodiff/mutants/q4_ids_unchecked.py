"""Ids below 0 count from the end."""

question = "q4"


def embedding(table, ids):
    table, ids = _tensor(table), np.asarray(ids)
    if ids.size and ids.max() >= len(table.data):
        raise ValueError(f"ids must be in 0 … {len(table.data) - 1}")
    return _op(table.data[ids], (table,), lambda g, out, a: _scatter(g, ids, a.shape))
