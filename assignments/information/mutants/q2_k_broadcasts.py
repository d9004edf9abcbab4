"""A distribution over one symbol is set against one over many."""

question = "q2"


def _pair(p, q):
    return _distribution("p", p), _distribution("q", q)


def cross_entropy(p, q):
    p, q = _pair(p, q)
    return -_times_log(p, q).sum(axis=-1) + 0.0
