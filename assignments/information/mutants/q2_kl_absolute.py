"""Each term is made positive."""

question = "q2"


def kl_divergence(p, q):
    p, q = _pair(p, q)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(p > 0, p * (np.log2(p) - np.log2(q)), 0.0)
    return np.maximum(abs(terms).sum(axis=-1), 0.0)
