"""A table of distributions is flattened."""

question = "q8"


def kl_regularized(q, reward, beta):
    q, reward = _distribution("q", q), np.asarray(reward, dtype=np.float64)
    q = q.ravel()
    if reward.shape != q.shape or not np.isfinite(reward).all():
        raise ValueError(f"reward must be {len(q)} finite numbers")
    if not 0 < beta < np.inf:
        raise ValueError(f"beta must be above 0, not {beta}")
    best = reward[q > 0].max()
    weights = np.where(q > 0, q * np.exp2(np.minimum(reward - best, 0) / beta), 0.0)
    total = weights.sum()
    return weights / total, float(best + beta * np.log2(total))
