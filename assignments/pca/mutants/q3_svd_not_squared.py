"""Variances from singular values that are not squared."""

question = "q3"


def pca_svd(x, k):
    x = _table(x)
    n, d = x.shape
    _between("k", k, 1, d)
    mean = x.mean(axis=0)
    _, sigma, vt = np.linalg.svd(x - mean, full_matrices=False)
    variance = sigma / (n - 1)
    return _pca(_filled(vt, k), np.pad(variance, (0, d))[:k], variance.sum(), mean)
