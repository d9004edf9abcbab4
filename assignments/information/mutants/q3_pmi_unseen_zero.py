"""A pair that was never seen has pmi 0."""

question = "q3"


def pmi(table):
    p = _joint(table)
    rows, columns = p.sum(axis=1, keepdims=True), p.sum(axis=0, keepdims=True)
    found = _log_ratio(p, rows, columns, 1.0)
    return found
