"""The SVD of the table as it is."""

question = "q3"


def pca_svd(x, k):
    x = _table(x)
    n, d = x.shape
    _between("k", k, 1, d)
    mean = x.mean(axis=0)
    _, sigma, vt = np.linalg.svd(x, full_matrices=False)
    variance = sigma**2 / (n - 1)
    return _pca(_filled(vt, k), np.pad(variance, (0, d))[:k], variance.sum(), mean)
