"""0 times -inf is NaN in the divergence."""

question = "q2"


def kl_divergence(p, q):
    p, q = _pair(p, q)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = p * (np.log2(p) - np.log2(q))
    return np.maximum(terms.sum(axis=-1), 0.0)
