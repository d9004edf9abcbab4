"""t / f without the root."""

question = "q4"


def keep_probability(counts, t=1e-3):
    counts = _counts(counts)
    _positive("t", t)
    share = counts / counts.sum()
    return t / np.maximum(share, t)
