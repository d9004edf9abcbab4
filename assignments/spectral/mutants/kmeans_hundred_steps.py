"""A hundred steps, whether anything still moves or not."""

question = "q4"


def kmeans(x, k, rng, n_init=10):
    x = _points(x)
    _in_range("k", k, 1, len(x))
    _in_range("n_init", n_init, 1, np.inf)
    origin = x[0].copy()
    x = x - origin
    runs = (_hundred(x, _spread(x, k, rng)) for _ in range(n_init))
    labels, centers, inertia = min(runs, key=lambda run: run[2])
    return labels, centers + origin, inertia


def _hundred(x, centers):
    k, labels = len(centers), None
    for _ in range(100):
        nearest = _squared_distances(x, centers).argmin(axis=1)
        if np.array_equal(nearest, labels):
            break
        labels, centers = nearest, centers.copy()
        for c in range(k):
            if (labels == c).any():
                centers[c] = x[labels == c].mean(axis=0)
    return labels, centers, float(((x - centers[labels]) ** 2).sum())
