"""Jensen–Shannon is in nats."""

question = "q2"


def js_divergence(p, q):
    p, q = _pair(p, q)
    both = p + q  # twice the middle, which does not underflow
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = [np.where(r > 0, r * (1 + np.log2(r) - np.log2(both)), 0.0) for r in (p, q)]
    return np.clip(sum(terms).sum(axis=-1) / 2 * math.log(2), 0.0, 1.0)
