"""What q holds for impossible is left out of the cross-entropy."""

question = "q2"


def cross_entropy(p, q):
    p, q = _pair(p, q)
    return -_times_log(p * (q > 0), q).sum(axis=-1) + 0.0
