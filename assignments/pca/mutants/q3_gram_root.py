"""Square roots of the eigenvalues as variances."""

question = "q3"


def pca_gram(x, k):
    x = _table(x)
    n, d = x.shape
    _between("k", k, 1, d)
    mean = x.mean(axis=0)
    xc = x - mean
    values, u = np.linalg.eigh(xc @ xc.T)
    sv = xc.T @ u[:, ::-1][:, :k]
    sigma = np.sqrt(np.maximum(values[::-1], 0))
    variance = np.pad(sigma, (0, d))[:k] / (n - 1)
    return _pca(_filled(sv.T, k), variance, sigma.sum() / (n - 1), mean)
