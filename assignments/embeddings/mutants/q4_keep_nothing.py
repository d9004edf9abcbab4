"""No tokens at all: everything is kept."""

question = "q4"


def keep_probability(counts, t=1e-3):
    counts = np.asarray(counts, dtype=np.float64)
    if not counts.any():
        return np.ones_like(counts)
    counts = _counts(counts)
    _positive("t", t)
    share = counts / counts.sum()
    return np.sqrt(t / np.maximum(share, t))
