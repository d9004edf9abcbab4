"""pca_gram gives ratios as shares of the k components' variance."""

question = "q3"


_right_gram = pca_gram


def pca_gram(x, k):
    p = _right_gram(x, k)
    total = p.explained_variance.sum()
    ratio = p.explained_variance / total if total > 0 else p.explained_variance
    return PCA(p.components, p.explained_variance, ratio, p.mean)
