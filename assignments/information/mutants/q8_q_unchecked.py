"""Anything is taken for q."""

question = "q8"


def kl_regularized(q, reward, beta):
    q, reward = np.asarray(q, dtype=np.float64), np.asarray(reward, dtype=np.float64)
    if q.ndim != 1:
        raise ValueError(f"q must be 1-D, not {q.ndim}-D")
    if reward.shape != q.shape or not np.isfinite(reward).all():
        raise ValueError(f"reward must be {len(q)} finite numbers")
    if not 0 < beta < np.inf:
        raise ValueError(f"beta must be above 0, not {beta}")
    best = reward[q > 0].max()
    weights = np.where(q > 0, q * np.exp2(np.minimum(reward - best, 0) / beta), 0.0)
    total = weights.sum()
    return weights / total, float(best + beta * np.log2(total))
