"""A sum that is off by rounding is refused."""

question = "q1"


def entropy(p):
    p = np.asarray(p, dtype=np.float64)
    if not (p >= 0).all() or not (abs(p.sum(axis=-1) - 1) <= 1e-9).all():
        raise ValueError("p is no distribution")
    return -_times_log(p, p).sum(axis=-1) + 0.0
