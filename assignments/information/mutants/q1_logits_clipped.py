"""Logits beyond ±700 are cut off."""

question = "q1"


def entropy_of_logits(logits):
    logits = np.asarray(logits, dtype=np.float64)
    if logits.ndim == 0 or logits.shape[-1] == 0:
        raise ValueError("logits must have at least one symbol along the last axis")
    highest = logits.max(axis=-1, keepdims=True)
    if not np.isfinite(highest).all():  # NaN and +inf are found by max; −inf only if all are
        raise ValueError("logits must not have NaN, +inf or a row of nothing but -inf")
    shifted = np.clip(logits, -700, 700)
    weights = np.exp(shifted)
    total = weights.sum(axis=-1, keepdims=True)
    # H = ln Σ e^z − Σ p z, where the last sum leaves out what cannot come.
    products = np.where(weights > 0, shifted, 0.0) * weights / total
    return (np.log(total[..., 0]) - products.sum(axis=-1)) / math.log(2)
