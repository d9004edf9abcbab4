"""Jensen–Shannon takes anything for distributions."""

question = "q2"


def js_divergence(p, q):
    p, q = np.asarray(p, dtype=np.float64), np.asarray(q, dtype=np.float64)
    if p.shape[-1] != q.shape[-1]:
        raise ValueError("p and q differ")
    both = p + q  # twice the middle, which does not underflow
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = [np.where(r > 0, r * (1 + np.log2(r) - np.log2(both)), 0.0) for r in (p, q)]
    return np.clip(sum(terms).sum(axis=-1) / 2, 0.0, 1.0)
