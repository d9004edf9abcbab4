"""A single p is not set against many q."""

question = "q2"


def cross_entropy(p, q):
    p, q = _pair(p, q)
    if p.shape != q.shape:
        raise ValueError("p and q must have the same shape")
    return -_times_log(p, q).sum(axis=-1) + 0.0


def kl_divergence(p, q):
    p, q = _pair(p, q)
    if p.shape != q.shape:
        raise ValueError("p and q must have the same shape")
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(p > 0, p * (np.log2(p) - np.log2(q)), 0.0)
    return np.maximum(terms.sum(axis=-1), 0.0)
