"""q weighs, and p stands in the logarithm."""

question = "q2"


def cross_entropy(p, q):
    p, q = _pair(p, q)
    return -_times_log(q, p).sum(axis=-1) + 0.0
