"""n_init is not used."""

question = "q4"


def kmeans(x, k, rng, n_init=10):
    x = _points(x)
    _in_range("k", k, 1, len(x))
    _in_range("n_init", n_init, 1, np.inf)
    origin = x[0].copy()
    x = x - origin
    labels, centers, inertia = _lloyd(x, _spread(x, k, rng))
    return labels, centers + origin, inertia
