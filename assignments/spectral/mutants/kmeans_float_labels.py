"""The labels are floats."""

question = "q4"
_right = kmeans


def kmeans(x, k, rng, n_init=10):
    labels, centers, inertia = _right(x, k, rng, n_init)
    return labels * 1.0, centers, inertia
