"""Odd sides are padded with the last row or column again, not with zeros."""

question = "q4"


def matmul_strassen(a, b, leaf=64):
    a, b, dtype = _operands(a, b)
    _at_least_one("leaf", leaf)
    (n, k), p = a.shape, b.shape[1]
    a, b = a.astype(dtype, copy=False), b.astype(dtype, copy=False)
    if min(n, k, p) <= leaf:
        return a @ b
    a = np.pad(a, ((0, n % 2), (0, k % 2)), mode="edge")
    b = np.pad(b, ((0, k % 2), (0, p % 2)), mode="edge")
    return _strassen(a, b, leaf)[:n, :p]
