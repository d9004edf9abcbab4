"""Words that never occur are never kept."""

question = "q4"


def keep_probability(counts, t=1e-3):
    counts = _counts(counts)
    _positive("t", t)
    share = counts / counts.sum()
    return np.where(counts > 0, np.sqrt(t / np.maximum(share, t)), 0.0)
