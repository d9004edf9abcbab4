"""A vector is taken for a table with one column, and a stack of tables for a long one."""

question = "q2"


_right_eigh = pca_eigh


def pca_eigh(x, k):
    x = np.asarray(x, dtype=float)
    if x.ndim != 2:
        x = x.reshape(-1, x.shape[-1] if x.ndim > 2 else 1)
    return _right_eigh(x, k)
