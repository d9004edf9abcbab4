"""pca_svd takes a k above d for d, and one below 1 for 1."""

question = "q3"


_right_svd = pca_svd


def pca_svd(x, k):
    return _right_svd(x, min(max(k, 1), np.shape(x)[-1]))
