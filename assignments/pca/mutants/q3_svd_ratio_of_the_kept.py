"""Ratios are shares of the k components' variance."""

question = "q3"


def pca_svd(x, k):
    x = _table(x)
    n, d = x.shape
    _between("k", k, 1, d)
    mean = x.mean(axis=0)
    _, sigma, vt = np.linalg.svd(x - mean, full_matrices=False)
    variance = np.pad(sigma**2 / (n - 1), (0, d))[:k]
    return _pca(_filled(vt, k), variance, variance.sum(), mean)
