"""The d × d covariance matrix after all."""

question = "q3"


def pca_gram(x, k):
    x = _table(x)
    n, d = x.shape
    _between("k", k, 1, d)
    mean = x.mean(axis=0)
    xc = x - mean
    values, vectors = np.linalg.eigh(xc.T @ xc / (n - 1))
    return _pca(vectors[:, ::-1][:, :k].T, values[::-1][:k], values.sum(), mean)
