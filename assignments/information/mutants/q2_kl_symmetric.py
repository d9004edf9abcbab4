"""The mean of both directions."""

question = "q2"


def kl_divergence(p, q):
    p, q = _pair(p, q)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(p == q, 0.0, (p - q) * (np.log2(p) - np.log2(q)) / 2)
    return np.maximum(terms.sum(axis=-1), 0.0)
