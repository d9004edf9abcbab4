"""A table with one column gives numbers in place of arrays."""

question = "q2"


_right_eigh = pca_eigh


def pca_eigh(x, k):
    p = _right_eigh(x, k)
    if p.components.shape != (1, 1):
        return p
    return PCA(p.components[0], p.explained_variance, p.explained_variance_ratio, p.mean)
