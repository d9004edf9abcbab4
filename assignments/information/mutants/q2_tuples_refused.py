"""A distribution must not be a tuple."""

question = "q2"


_kl_divergence = kl_divergence


def kl_divergence(p, q):
    if isinstance(p, tuple):
        raise ValueError("p")
    return _kl_divergence(p, q)
