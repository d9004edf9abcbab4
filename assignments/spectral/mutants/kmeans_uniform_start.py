"""k points chosen with equal probability: not k-means++."""

question = "q4"


def kmeans(x, k, rng, n_init=10):
    x = _points(x)
    _in_range("k", k, 1, len(x))
    _in_range("n_init", n_init, 1, np.inf)
    origin = x[0].copy()
    x = x - origin
    runs = (_lloyd(x, x[rng.choice(len(x), k, replace=False)]) for _ in range(n_init))
    labels, centers, inertia = min(runs, key=lambda run: run[2])
    return labels, centers + origin, inertia
