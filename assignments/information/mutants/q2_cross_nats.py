"""The cross-entropy is in nats."""

question = "q2"


def cross_entropy(p, q):
    p, q = _pair(p, q)
    return -_times_log(p, q).sum(axis=-1) * math.log(2) + 0.0
