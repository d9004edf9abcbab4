"""pca_svd accepts a single row."""

question = "q3"


_right_svd = pca_svd


def pca_svd(x, k):
    x = np.asarray(x, dtype=float)
    return _right_svd(np.vstack([x, x]) if x.ndim == 2 and len(x) == 1 else x, k)
