"""The table is not centred."""

question = "q2"


def pca_eigh(x, k):
    x = _table(x)
    _between("k", k, 1, x.shape[1])
    mean = x.mean(axis=0)
    c = x.T @ x / (len(x) - 1)
    values, vectors = np.linalg.eigh(c)
    return _pca(vectors[:, ::-1][:, :k].T, values[::-1][:k], np.trace(c), mean)
