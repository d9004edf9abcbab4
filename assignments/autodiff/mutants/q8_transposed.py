"""The axes of the input come before those of the output."""

question = "q8"


_rows_first = jacobian


def jacobian(f, x):
    j = _rows_first(f, x)
    n = j.ndim - np.ndim(x)
    return np.moveaxis(j, range(n), range(-n, 0)) if n else j
