"""The centres are those of the shifted points."""

question = "q4"
_right = kmeans


def kmeans(x, k, rng, n_init=10):
    labels, centers, inertia = _right(x, k, rng, n_init)
    return labels, centers - _points(x)[0], inertia
