"""Rounding may leave a conditional entropy below 0."""

question = "q3"


def conditional_entropy(table):
    p = _joint(table)
    return max(-float(_log_ratio(p, p.sum(axis=1, keepdims=True), 1.0, p).sum()) - 1e-15, -1.0)
