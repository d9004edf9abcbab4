"""The entropy of the pair."""

question = "q3"


def conditional_entropy(table):
    p = _joint(table)
    return max(-float(_log_ratio(p, np.ones((len(p), 1)), 1.0, p).sum()), 0.0)
