"""q is never less than 1e-12."""

question = "q2"


def cross_entropy(p, q):
    p, q = _pair(p, q)
    return -_times_log(p, np.maximum(q, 1e-12)).sum(axis=-1) + 0.0
