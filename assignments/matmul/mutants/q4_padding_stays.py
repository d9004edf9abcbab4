"""The padding is cut off at the top only, after the level below has used it."""

question = "q4"


def matmul_strassen(a, b, leaf=64):
    a, b, dtype = _operands(a, b)
    _at_least_one("leaf", leaf)
    (n, k), p = a.shape, b.shape[1]
    a, b = a.astype(dtype, copy=False), b.astype(dtype, copy=False)
    a = np.pad(a, ((0, n % 2), (0, k % 2)))
    b = np.pad(b, ((0, k % 2), (0, p % 2)))
    return _strassen(a, b, leaf)
