"""Counts are multiplied as 64-bit integers."""

question = "q3"


def mutual_information(table):
    p = _joint(table)
    counts = np.asarray(table)
    rows, columns = counts.sum(axis=1, keepdims=True), counts.sum(axis=0, keepdims=True)
    with np.errstate(all="ignore"):
        quotient = counts * counts.sum() / (rows * columns)
        return max(float(np.where(p > 0, p * np.log2(quotient), 0.0).sum()), 0.0)
