"""At most n components come back."""

question = "q3"


def pca_gram(x, k):
    x = _table(x)
    n, d = x.shape
    _between("k", k, 1, d)
    mean = x.mean(axis=0)
    xc = x - mean
    values, u = np.linalg.eigh(xc @ xc.T)
    sv = xc.T @ u[:, ::-1][:, :k]
    rows = np.linalg.qr(sv)[0].T
    return _pca(rows, values[::-1][:k] / (n - 1), values.sum() / (n - 1), mean)
