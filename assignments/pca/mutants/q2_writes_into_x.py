"""Works in the caller's memory, which may not be written to, and puts it right afterwards."""

question = "q2"


_right_eigh = pca_eigh


def pca_eigh(x, k):
    if isinstance(x, np.ndarray):
        x += 0
    return _right_eigh(x, k)
