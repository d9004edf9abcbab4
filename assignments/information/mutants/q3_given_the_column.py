"""The column is known and the row is asked for."""

question = "q3"


def conditional_entropy(table):
    p = _joint(table).T
    return max(-float(_log_ratio(p, p.sum(axis=1, keepdims=True), 1.0, p).sum()), 0.0)
