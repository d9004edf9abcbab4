"""A NaN is neither below 0 nor far from 1."""

question = "q1"


def entropy(p):
    p = np.asarray(p, dtype=np.float64)
    if (p < 0).any() or (abs(p.sum(axis=-1) - 1) > 1e-6).any():
        raise ValueError("p is no distribution")
    return -_times_log(p, p).sum(axis=-1) + 0.0
