"""The distance is not squared in the exponent."""

question = "q1"


def rbf_affinity(x, gamma):
    x = _points(x)
    if not gamma > 0:
        raise ValueError("gamma must be positive")
    w = np.exp(-gamma * np.linalg.norm(x[:, None] - x, axis=2))
    np.fill_diagonal(w, 0.0)
    return w
