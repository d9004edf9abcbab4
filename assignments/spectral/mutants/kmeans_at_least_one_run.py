"""n_init below 1 counts as 1."""

question = "q4"
_right = kmeans


def kmeans(x, k, rng, n_init=10):
    return _right(x, k, rng, max(n_init, 1))
