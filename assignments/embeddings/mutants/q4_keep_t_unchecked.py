"""t of 0 is accepted."""

question = "q4"


def keep_probability(counts, t=1e-3):
    counts = _counts(counts)
    share = counts / counts.sum()
    return np.sqrt(max(t, 0) / np.maximum(np.maximum(share, t), 1e-300))
