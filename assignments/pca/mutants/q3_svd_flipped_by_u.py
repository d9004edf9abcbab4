"""Signs from the left singular vectors, not from the components."""

question = "q3"


def pca_svd(x, k):
    x = _table(x)
    n, d = x.shape
    _between("k", k, 1, d)
    mean = x.mean(axis=0)
    u, sigma, vt = np.linalg.svd(x - mean, full_matrices=False)
    signs = np.sign(u[np.abs(u).argmax(axis=0), np.arange(u.shape[1])])
    variance = sigma**2 / (n - 1)
    p = _pca(_filled(vt, k), np.pad(variance, (0, d))[:k], variance.sum(), mean)
    rows = p.components.copy()
    rows[: len(vt)] = (vt * signs[:, None])[:k]
    return PCA(rows, p.explained_variance, p.explained_variance_ratio, mean)
