"""Zeros of the caller's q are replaced."""

question = "q2"


def cross_entropy(p, q):
    p, q = _pair(p, q)
    if q.flags.writeable:
        q[q == 0] = 1e-300
    return -_times_log(p, q).sum(axis=-1) + 0.0
