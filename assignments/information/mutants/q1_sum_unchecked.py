"""Any numbers of at least 0 are taken for probabilities."""

question = "q1"


def entropy(p):
    p = np.asarray(p, dtype=np.float64)
    if not (p >= 0).all():
        raise ValueError("p is no distribution")
    return -_times_log(p, p).sum(axis=-1) + 0.0
