"""Rare symbols are rounded to 0."""

question = "q6"


def _edges(probabilities):
    p = np.asarray(probabilities, dtype=np.float64)
    counts = np.floor(p * 2.0**24).astype(np.int64)
    return [0, *np.cumsum(counts).tolist()]
