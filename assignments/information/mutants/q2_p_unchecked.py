"""Anything is taken for p."""

question = "q2"


def kl_divergence(p, q):
    p, q = np.asarray(p, dtype=np.float64), _distribution("q", q)
    if p.shape[-1] != q.shape[-1]:
        raise ValueError("p and q differ")
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(p > 0, p * (np.log2(p) - np.log2(q)), 0.0)
    return np.maximum(terms.sum(axis=-1), 0.0)
