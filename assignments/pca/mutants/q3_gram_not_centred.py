"""The Gram matrix of the table as it is."""

question = "q3"


def pca_gram(x, k):
    x = _table(x)
    n, d = x.shape
    _between("k", k, 1, d)
    mean = x.mean(axis=0)
    values, u = np.linalg.eigh(x @ x.T)
    sv = x.T @ u[:, ::-1][:, :k]
    variance = np.pad(values[::-1], (0, d))[:k] / (n - 1)
    return _pca(_filled(sv.T, k), variance, values.sum() / (n - 1), mean)
