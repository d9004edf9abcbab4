"""At most min(n, d) components come back."""

question = "q3"


def pca_svd(x, k):
    x = _table(x)
    n, d = x.shape
    _between("k", k, 1, d)
    mean = x.mean(axis=0)
    _, sigma, vt = np.linalg.svd(x - mean, full_matrices=False)
    variance = sigma**2 / (n - 1)
    return _pca(vt[:k], variance[:k], variance.sum(), mean)
