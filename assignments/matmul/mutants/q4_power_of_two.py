"""All sides are padded to one power of two at the top, not level by level."""

question = "q4"


def matmul_strassen(a, b, leaf=64):
    a, b, dtype = _operands(a, b)
    _at_least_one("leaf", leaf)
    (n, k), p = a.shape, b.shape[1]
    if min(n, k, p) <= leaf:
        return a @ b
    side = 1 << (max(n, k, p) - 1).bit_length()
    a = np.pad(a.astype(dtype), ((0, side - n), (0, side - k)))
    b = np.pad(b.astype(dtype), ((0, side - k), (0, side - p)))
    return _strassen(a, b, leaf)[:n, :p]
