"""Every symbol is given a little."""

question = "q6"


def _edges(probabilities):
    p = np.asarray(probabilities, dtype=np.float64)
    counts = np.floor(p * 2.0**40).astype(np.int64) + 1
    return [0, *np.cumsum(counts).tolist()]
