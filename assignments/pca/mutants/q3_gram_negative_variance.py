"""pca_gram leaves rounding below 0 in the variances."""

question = "q3"


_right_gram = pca_gram


def pca_gram(x, k):
    p = _right_gram(x, k)
    variance = p.explained_variance - 1e-17 * (p.explained_variance < 1e-12)
    return PCA(p.components, variance, p.explained_variance_ratio, p.mean)
