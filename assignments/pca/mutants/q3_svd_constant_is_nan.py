"""pca_svd divides by a total variance of 0."""

question = "q3"


_right_svd = pca_svd


def pca_svd(x, k):
    p = _right_svd(x, k)
    if p.explained_variance.any():
        return p
    return PCA(p.components, p.explained_variance, np.full(k, np.nan), p.mean)
