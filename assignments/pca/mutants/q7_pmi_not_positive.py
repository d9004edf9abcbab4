"""Negative values are kept."""

question = "q7"


def ppmi(counts):
    counts = _table(counts, "counts", rows=0)
    if (counts < 0).any():
        raise ValueError("counts must not be negative")
    rows, columns = counts.sum(axis=1, keepdims=True), counts.sum(axis=0)
    with np.errstate(all="ignore"):
        result = np.log(counts * counts.sum() / (rows * columns))
    return np.where(counts > 0, result, 0.0)
