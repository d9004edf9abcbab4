"""Signs are drawn anew in each call."""

question = "q2"


_right_eigh = pca_eigh


def pca_eigh(x, k):
    p = _right_eigh(x, k)
    signs = np.random.default_rng().choice([-1.0, 1.0], size=(k, 1))
    return PCA(p.components * signs, p.explained_variance, p.explained_variance_ratio, p.mean)
