"""Beyond the rank the rows of components are zeros."""

question = "q2"


_right_eigh = pca_eigh


def pca_eigh(x, k):
    p = _right_eigh(x, k)
    largest = max(p.explained_variance[0], 1e-300)
    keep = (p.explained_variance > 1e-12 * largest)[:, None]
    return PCA(p.components * keep, p.explained_variance, p.explained_variance_ratio, p.mean)
