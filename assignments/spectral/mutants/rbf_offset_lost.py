"""|a|² - 2ab + |b|² without a shift: no digits left when coordinates are large."""

question = "q1"


def rbf_affinity(x, gamma):
    x = _points(x)
    if not gamma > 0:
        raise ValueError("gamma must be positive")
    length = (x**2).sum(axis=1)
    w = np.exp(-gamma * np.maximum(length[:, None] - 2 * x @ x.T + length, 0.0))
    np.fill_diagonal(w, 0.0)
    return w
