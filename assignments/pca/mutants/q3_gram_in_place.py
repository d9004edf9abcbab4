"""pca_gram centres the caller's table in place."""

question = "q3"


_right_gram = pca_gram


def pca_gram(x, k):
    p = _right_gram(x, k)
    if isinstance(x, np.ndarray) and x.dtype == np.float64 and x.flags.writeable:
        x -= p.mean
    return p
