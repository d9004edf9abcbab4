"""The entropy of p is added: it is the divergence that is missing."""

question = "q2"


def cross_entropy(p, q):
    p, q = _pair(p, q)
    return -(_times_log(p, q) - _times_log(p, p)).sum(axis=-1) + 0.0
