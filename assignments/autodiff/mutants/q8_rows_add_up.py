"""The gradient is not cleared between the rows."""

question = "q8"


_rows_apart = jacobian


def jacobian(f, x):
    j, shape = _rows_apart(f, x), np.shape(x)
    rows = j.reshape(-1, *shape)
    return np.cumsum(rows, axis=0).reshape(j.shape)
