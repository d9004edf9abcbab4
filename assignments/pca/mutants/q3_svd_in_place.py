"""pca_svd centres the caller's table in place."""

question = "q3"


_right_svd = pca_svd


def pca_svd(x, k):
    p = _right_svd(x, k)
    if isinstance(x, np.ndarray) and x.dtype == np.float64 and x.flags.writeable:
        x -= p.mean
    return p
