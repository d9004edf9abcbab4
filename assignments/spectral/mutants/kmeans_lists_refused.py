"""x has to be an array."""

question = "q4"
_right = kmeans


def kmeans(x, k, rng, n_init=10):
    return _right(x.astype(float), k, rng, n_init)
