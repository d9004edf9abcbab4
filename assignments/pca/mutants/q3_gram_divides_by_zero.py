"""Rows are divided by singular values of 0 beyond the rank."""

question = "q3"


def pca_gram(x, k):
    x = _table(x)
    n, d = x.shape
    _between("k", k, 1, d)
    mean = x.mean(axis=0)
    xc = x - mean
    values, u = np.linalg.eigh(xc @ xc.T)
    values, u = np.maximum(values[::-1], 0.0), u[:, ::-1]
    with np.errstate(all="ignore"):
        rows = (u.T @ xc) / np.sqrt(values)[:, None]
    rows = np.pad(rows, ((0, d), (0, 0)))[:k]
    variance = np.pad(values, (0, d))[:k] / (n - 1)
    return _pca(rows, variance, values.sum() / (n - 1), mean)
