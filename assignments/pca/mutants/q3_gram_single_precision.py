"""pca_gram keeps single precision."""

question = "q3"


_right_gram = pca_gram


def pca_gram(x, k):
    p = _right_gram(x, k)
    if getattr(x, "dtype", None) != np.float32:
        return p
    parts = p.components, p.explained_variance, p.explained_variance_ratio, p.mean
    return PCA(*(part.astype(np.float32) for part in parts))
