"""The divergence of q from p."""

question = "q2"


def kl_divergence(p, q):
    p, q = _pair(p, q)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(q > 0, q * (np.log2(q) - np.log2(p)), 0.0)
    return np.maximum(terms.sum(axis=-1), 0.0)
