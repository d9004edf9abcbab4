"""The caller's table is centred in place."""

question = "q2"


_right_eigh = pca_eigh


def pca_eigh(x, k):
    p = _right_eigh(x, k)
    if isinstance(x, np.ndarray) and x.dtype == np.float64 and x.flags.writeable:
        x -= p.mean
    return p
