"""The probabilities, not their logarithms, lie on a straight line."""

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
    away = values - values.mean()
    p = 1 / len(values) + away * (mean - values.mean()) / (away @ away)
    p = np.maximum(p, 0)
    return p / p.sum()
