"""A gamma of 0 or below is not refused."""

question = "q1"


def rbf_affinity(x, gamma):
    x = _points(x)
    x = x - x[0]
    w = np.exp(-gamma * _squared_distances(x, x))
    np.fill_diagonal(w, 0.0)
    return w
