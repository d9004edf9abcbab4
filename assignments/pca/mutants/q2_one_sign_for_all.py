"""The largest entry of the whole matrix decides the sign of all components."""

question = "q2"


def pca_eigh(x, k):
    x = _table(x)
    _between("k", k, 1, x.shape[1])
    mean = x.mean(axis=0)
    c = _scatter(x, mean) / (len(x) - 1)
    values, vectors = np.linalg.eigh(c)
    variance = np.maximum(values[::-1][:k], 0.0)
    ratio = variance / np.trace(c) if np.trace(c) > 0 else 0 * variance
    rows = vectors[:, ::-1][:, :k].T
    rows = rows * np.sign(rows.flat[np.argmax(np.abs(rows))])
    return PCA(rows, variance, ratio, mean)
