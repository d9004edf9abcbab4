"""Negative values are cut off."""

question = "q3"


def pmi(table):
    p = _joint(table)
    rows, columns = p.sum(axis=1, keepdims=True), p.sum(axis=0, keepdims=True)
    found = _log_ratio(p, rows, columns, 1.0)
    return np.maximum(found, 0.0)
