"""Rounding may leave something below 0 or above 1."""

question = "q2"


def js_divergence(p, q):
    p, q = _pair(p, q)
    both = p + q  # twice the middle, which does not underflow
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = [np.where(r > 0, r * (1 + np.log2(r) - np.log2(both)), 0.0) for r in (p, q)]
    return sum(terms).sum(axis=-1) / 2
