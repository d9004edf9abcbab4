"""Another default."""

question = "q4"


def keep_probability(counts, t=1e-4):
    counts = _counts(counts)
    _positive("t", t)
    share = counts / counts.sum()
    return np.sqrt(t / np.maximum(share, t))
