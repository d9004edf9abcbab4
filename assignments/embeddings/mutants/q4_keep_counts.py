"""The count in the place of the share."""

question = "q4"


def keep_probability(counts, t=1e-3):
    counts = _counts(counts)
    _positive("t", t)
    share = counts
    return np.sqrt(t / np.maximum(share, t))
