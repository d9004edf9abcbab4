"""Only the first of many distributions is checked."""

question = "q1"


def entropy(p):
    p = np.asarray(p, dtype=np.float64)
    if not (p >= 0).all() or not abs(p.reshape(-1, p.shape[-1])[0].sum() - 1) <= 1e-6:
        raise ValueError("p is no distribution")
    return -_times_log(p, p).sum(axis=-1) + 0.0
