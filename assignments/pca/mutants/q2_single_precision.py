"""Single precision stays what it is."""

question = "q2"


_right_eigh = pca_eigh


def pca_eigh(x, k):
    p = _right_eigh(x, k)
    if getattr(x, "dtype", None) != np.float32:
        return p
    parts = p.components, p.explained_variance, p.explained_variance_ratio, p.mean
    return PCA(*(part.astype(np.float32) for part in parts))
