"""The inertia is that of the centres before the last move."""

question = "q4"
_right = kmeans


def kmeans(x, k, rng, n_init=10):
    labels, centers, inertia = _right(x, k, rng, n_init)
    return labels, centers, inertia * (1 + 1e-4)
