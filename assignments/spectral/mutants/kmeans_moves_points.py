"""x is centred in place."""

question = "q4"
_right = kmeans


def kmeans(x, k, rng, n_init=10):
    if isinstance(x, np.ndarray) and x.dtype == float and x.ndim == 2:
        x -= x.mean(axis=0)
    return _right(x, k, rng, n_init)
