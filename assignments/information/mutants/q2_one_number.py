"""All pairs are added up."""

question = "q2"


def cross_entropy(p, q):
    p, q = _pair(p, q)
    return -_times_log(p, q).sum() + 0.0


def kl_divergence(p, q):
    p, q = _pair(p, q)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(p > 0, p * (np.log2(p) - np.log2(q)), 0.0)
    return np.maximum(terms.sum(), 0.0)


def js_divergence(p, q):
    p, q = _pair(p, q)
    both = p + q  # twice the middle, which does not underflow
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = [np.where(r > 0, r * (1 + np.log2(r) - np.log2(both)), 0.0) for r in (p, q)]
    return np.clip(sum(terms).sum() / 2, 0.0, 1.0)
