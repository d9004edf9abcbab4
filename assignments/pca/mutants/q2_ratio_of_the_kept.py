"""Ratios are shares of the k components' variance."""

question = "q2"


def pca_eigh(x, k):
    x = _table(x)
    _between("k", k, 1, x.shape[1])
    mean = x.mean(axis=0)
    c = _scatter(x, mean) / (len(x) - 1)
    values, vectors = np.linalg.eigh(c)
    return _pca(vectors[:, ::-1][:, :k].T, values[::-1][:k], values[::-1][:k].sum(), mean)
