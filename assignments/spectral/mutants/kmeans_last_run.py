"""The last of the runs is returned, not the best."""

question = "q4"


def kmeans(x, k, rng, n_init=10):
    x = _points(x)
    _in_range("k", k, 1, len(x))
    _in_range("n_init", n_init, 1, np.inf)
    origin = x[0].copy()
    x = x - origin
    for _ in range(n_init):
        labels, centers, inertia = _lloyd(x, _spread(x, k, rng))
    return labels, centers + origin, inertia
