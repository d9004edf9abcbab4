"""Numbers are read in the order of memory, as if rows always came first there."""

question = "q1"


_right_center = center


def center(x):
    x = np.asarray(x, dtype=float)
    if x.ndim == 2:
        x = x.ravel(order="K").reshape(x.shape)
    return _right_center(x)
