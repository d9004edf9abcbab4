"""A token that occurs twice learns once."""

question = "q4"


def embedding(table, ids):
    table, ids = _tensor(table), np.asarray(ids)
    if ids.size and not (0 <= ids.min() and ids.max() < len(table.data)):
        raise ValueError(f"ids must be in 0 … {len(table.data) - 1}")

    def rule(g, out, a):
        back = np.zeros(a.shape)
        back[ids] += g
        return back

    return _op(table.data[ids], (table,), rule)
