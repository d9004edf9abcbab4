"""Inertia adds up distances, not their squares."""

question = "q4"


def kmeans(x, k, rng, n_init=10):
    x = _points(x)
    _in_range("k", k, 1, len(x))
    _in_range("n_init", n_init, 1, np.inf)
    origin = x[0].copy()
    x = x - origin
    runs = (_run(x, _spread(x, k, rng)) for _ in range(n_init))
    labels, centers, inertia = min(runs, key=lambda run: run[2])
    return labels, centers + origin, inertia


def _run(x, centers):
    k = len(centers)
    labels = None
    for _ in range(300):
        squared = ((x[:, None] - centers) ** 2).sum(axis=2)
        nearest = squared.argmin(axis=1)
        if np.array_equal(nearest, labels):
            break
        labels = nearest
        centers = centers.copy()
        for c in range(k):
            if (labels == c).any():
                centers[c] = x[labels == c].mean(axis=0)
    return labels, centers, float(np.sqrt(((x - centers[labels]) ** 2).sum(axis=1)).sum())
