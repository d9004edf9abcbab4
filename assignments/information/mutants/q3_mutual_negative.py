"""Rounding may leave a mutual information below 0."""

question = "q3"


def mutual_information(table):
    p = _joint(table)
    rows, columns = p.sum(axis=1, keepdims=True), p.sum(axis=0, keepdims=True)
    return float(_log_ratio(p, rows, columns, p).sum())
