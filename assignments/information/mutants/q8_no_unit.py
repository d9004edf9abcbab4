"""λ is looked for between -64 and 64, whatever the unit of the values."""

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
    places, target = values - least, mean - least
    low, high = -64.0, 64.0
    for _ in range(200):
        middle = (low + high) / 2
        if _tilted(places, middle) @ places < target:
            low = middle
        else:
            high = middle
    return _tilted(places, high)
