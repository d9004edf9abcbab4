"""A vector is taken for a table with one column."""

question = "q1"


_right_center = center


def center(x):
    x = np.asarray(x, dtype=float)
    return _right_center(x[:, None] if x.ndim == 1 else x)
