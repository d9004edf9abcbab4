"""The probability of being left out."""

question = "q4"


def keep_probability(counts, t=1e-3):
    counts = _counts(counts)
    _positive("t", t)
    share = counts / counts.sum()
    return 1 - np.sqrt(t / np.maximum(share, t))
