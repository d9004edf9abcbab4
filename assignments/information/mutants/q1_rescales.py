"""What does not sum to 1 is divided by its sum."""

question = "q1"


def entropy(p):
    p = np.asarray(p, dtype=np.float64)
    total = p.sum(axis=-1, keepdims=True)
    if not (p >= 0).all() or not (total > 0).all() or not np.isfinite(total).all():
        raise ValueError("p is no distribution")
    p = p / total
    return -_times_log(p, p).sum(axis=-1) + 0.0
