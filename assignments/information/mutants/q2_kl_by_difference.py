"""Cross-entropy minus entropy, and what is lost in between."""

question = "q2"


def kl_divergence(p, q):
    p, q = _pair(p, q)
    return _times_log(p, p).sum(axis=-1) - _times_log(p, q).sum(axis=-1)
