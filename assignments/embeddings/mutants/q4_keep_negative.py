"""Negative counts are accepted."""

question = "q4"


def keep_probability(counts, t=1e-3):
    counts = np.asarray(counts, dtype=np.float64)
    _positive("t", t)
    if not counts.sum() > 0:
        raise ValueError("counts")
    share = counts / counts.sum()
    return np.sqrt(t / np.maximum(share, t))
