"""Only the smallest and the largest value are used."""

question = "q8"


def maximum_entropy(values, mean):
    values = np.asarray(values, dtype=np.float64)
    if values.ndim != 1 or values.size == 0 or not np.isfinite(values).all():
        raise ValueError("values must be 1-D, not empty, and finite")
    least, most = values.min(), values.max()
    if not least <= mean <= most:
        raise ValueError(f"mean must lie between {least} and {most}, not at {mean}")
    for end in (least, most):
        if mean == end:
            return (values == end) / np.count_nonzero(values == end)
    p = np.zeros(len(values))
    p[values.argmax()] = (mean - least) / (most - least)
    p[values.argmin()] += 1 - p.sum()
    return p
