"""Lists have no mean: only arrays are understood."""

question = "q3"


_right_svd, _right_gram = pca_svd, pca_gram


def pca_svd(x, k):
    x.mean(axis=0)
    return _right_svd(x, k)


def pca_gram(x, k):
    x.mean(axis=0)
    return _right_gram(x, k)
