"""A vector is taken for a matrix with one row."""

question = "q4"


def matmul_strassen(a, b, leaf=64):
    a, b, dtype = _operands(np.atleast_2d(a), np.atleast_2d(b))
    _at_least_one("leaf", leaf)
    return _strassen(a.astype(dtype, copy=False), b.astype(dtype, copy=False), leaf)
