"""The middle of two tiny numbers is 0."""

question = "q2"


def js_divergence(p, q):
    p, q = _pair(p, q)
    middle = p / 2 + q / 2  # twice the middle, which does not underflow
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = [np.where(r > 0, r * (np.log2(r) - np.log2(middle)), 0.0) for r in (p, q)]
    return np.clip(sum(terms).sum(axis=-1) / 2, 0.0, 1.0)
