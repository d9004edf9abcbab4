"""Rounding leaves negative variances beyond the rank."""

question = "q2"


def pca_eigh(x, k):
    x = _table(x)
    _between("k", k, 1, x.shape[1])
    mean = x.mean(axis=0)
    c = _scatter(x, mean) / (len(x) - 1)
    values, vectors = np.linalg.eigh(c)
    variance = values[::-1][:k]
    ratio = variance / np.trace(c) if np.trace(c) > 0 else 0 * variance
    return PCA(_signed(vectors[:, ::-1][:, :k].T), variance, ratio, mean)
