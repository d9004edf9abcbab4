"""explained_variance holds standard deviations."""

question = "q2"


def pca_eigh(x, k):
    x = _table(x)
    _between("k", k, 1, x.shape[1])
    mean = x.mean(axis=0)
    c = _scatter(x, mean) / (len(x) - 1)
    values, vectors = np.linalg.eigh(c)
    variance = np.maximum(values[::-1][:k], 0.0)
    p = _pca(vectors[:, ::-1][:, :k].T, variance, np.trace(c), mean)
    return PCA(p.components, np.sqrt(variance), p.explained_variance_ratio, mean)
