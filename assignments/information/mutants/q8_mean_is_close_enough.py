"""A mean just above the smallest value is taken for it."""

question = "q8"


_maximum_entropy = maximum_entropy


def maximum_entropy(values, mean):
    v = np.asarray(values, dtype=float)
    if (
        v.ndim == 1
        and v.size
        and np.isfinite(v).all()
        and v.min() < mean < v.min() + 1e-6 * np.ptp(v)
    ):
        mean = v.min()
    return _maximum_entropy(values, mean)
