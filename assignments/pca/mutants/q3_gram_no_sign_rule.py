"""Signs as the QR decomposition returns them."""

question = "q3"


def pca_gram(x, k):
    x = _table(x)
    n, d = x.shape
    _between("k", k, 1, d)
    mean = x.mean(axis=0)
    xc = x - mean
    values, u = np.linalg.eigh(xc @ xc.T)
    sv = xc.T @ u[:, ::-1][:, :k]
    variance = np.pad(values[::-1], (0, d))[:k] / (n - 1)
    p = _pca(_filled(sv.T, k), variance, values.sum() / (n - 1), mean)
    return PCA(_filled(sv.T, k), p.explained_variance, p.explained_variance_ratio, mean)
