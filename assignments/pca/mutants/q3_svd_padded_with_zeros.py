"""Beyond min(n, d) the components are rows of zeros."""

question = "q3"


def pca_svd(x, k):
    x = _table(x)
    n, d = x.shape
    _between("k", k, 1, d)
    mean = x.mean(axis=0)
    _, sigma, vt = np.linalg.svd(x - mean, full_matrices=False)
    variance = sigma**2 / (n - 1)
    rows = np.pad(vt, ((0, d), (0, 0)))[:k]
    return _pca(rows, np.pad(variance, (0, d))[:k], variance.sum(), mean)
