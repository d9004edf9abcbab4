"""A single row is accepted."""

question = "q2"


_right_eigh = pca_eigh


def pca_eigh(x, k):
    x = np.asarray(x, dtype=float)
    return _right_eigh(np.vstack([x, x]) if x.ndim == 2 and len(x) == 1 else x, k)
