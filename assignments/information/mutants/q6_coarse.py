"""Probabilities are rounded to multiples of 2**-16."""

question = "q6"


def _edges(probabilities):
    p = np.asarray(probabilities, dtype=np.float64)
    counts = np.floor(p * 2.0**16).astype(np.int64) + (p > 0)
    return [0, *np.cumsum(counts).tolist()]
