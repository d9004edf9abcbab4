"""A component along a column has the sign of whatever entry is the first that is not 0."""

question = "q2"


_right_pca_eigh = pca_eigh


def pca_eigh(x, k):
    p = _right_pca_eigh(x, k)
    size = np.abs(p.components)
    bound = size.max(axis=1, keepdims=True) % (1 - 1e-12)
    first = p.components[np.arange(k), np.argmax(size >= bound, axis=1)]
    rows = p.components * np.where(first < 0, -1.0, 1.0)[:, None]
    return PCA(rows, p.explained_variance, p.explained_variance_ratio, p.mean)
