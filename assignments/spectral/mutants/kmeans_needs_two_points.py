"""A single point is an index error."""

question = "q4"


_any_number = kmeans


def kmeans(x, k, rng, n_init=10):
    np.asarray(x)[1]
    return _any_number(x, k, rng, n_init)
