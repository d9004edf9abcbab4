"""pca_gram flattens a stack of tables."""

question = "q3"


_right_gram = pca_gram


def pca_gram(x, k):
    x = np.asarray(x, dtype=float)
    return _right_gram(x.reshape(-1, x.shape[-1]) if x.ndim != 2 else x, k)
