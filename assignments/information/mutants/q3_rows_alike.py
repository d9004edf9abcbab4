"""The mean over rows, however often they come."""

question = "q3"


def conditional_entropy(table):
    p = _joint(table)
    p = p / np.maximum(p.sum(axis=1, keepdims=True), 1e-300)
    p = p / p.sum()
    return max(-float(_log_ratio(p, p.sum(axis=1, keepdims=True), 1.0, p).sum()), 0.0)
