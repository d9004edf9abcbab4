"""Only the sum is looked at."""

question = "q1"


def entropy(p):
    p = np.asarray(p, dtype=np.float64)
    if not (abs(p.sum(axis=-1) - 1) <= 1e-6).all():
        raise ValueError("p is no distribution")
    return -_times_log(p, p).sum(axis=-1) + 0.0
