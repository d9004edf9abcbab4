"""Lists have no mean: only arrays are understood."""

question = "q2"


_right_eigh = pca_eigh


def pca_eigh(x, k):
    x.mean(axis=0)
    return _right_eigh(x, k)
