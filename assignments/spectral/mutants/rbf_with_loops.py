"""The diagonal stays at 1: every point knows itself."""

question = "q1"


def rbf_affinity(x, gamma):
    x = _points(x)
    if not gamma > 0:
        raise ValueError("gamma must be positive")
    x = x - x[0]
    return np.exp(-gamma * _squared_distances(x, x))
