"""Twelve steps of bisection."""

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
    places = (values - least) / (most - least)  # from 0 to 1, whatever the unit
    target = (mean - least) / (most - least)
    low, high = -1.0, 1.0
    while _tilted(places, low) @ places > target:
        low *= 2
    while _tilted(places, high) @ places < target:
        high *= 2
    for _ in range(12):
        middle = (low + high) / 2
        if _tilted(places, middle) @ places < target:
            low = middle
        else:
            high = middle
    return _tilted(places, high)
