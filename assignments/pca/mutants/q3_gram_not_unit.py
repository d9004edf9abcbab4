"""The rows X_cᵀu are not scaled to length 1."""

question = "q3"


def pca_gram(x, k):
    x = _table(x)
    n, d = x.shape
    _between("k", k, 1, d)
    mean = x.mean(axis=0)
    xc = x - mean
    values, u = np.linalg.eigh(xc @ xc.T)
    rows = np.pad(u[:, ::-1].T @ xc, ((0, d), (0, 0)))[:k]
    variance = np.pad(values[::-1], (0, d))[:k] / (n - 1)
    return _pca(rows, variance, values.sum() / (n - 1), mean)
