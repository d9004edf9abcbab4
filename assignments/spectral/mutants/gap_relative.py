"""The ratio of neighbouring eigenvalues, not their difference."""

question = "q7"


def estimate_k(eigenvalues, k_max):
    values = np.asarray(eigenvalues, dtype=np.float64)
    if values.ndim != 1 or len(values) < 2:
        raise ValueError("eigenvalues must be at least two in a row")
    _in_range("k_max", k_max, 1, np.inf)
    gaps = np.diff(values)[:k_max] / np.maximum(values[:-1][:k_max], 1e-9)
    return int(np.argmax(gaps)) + 1
