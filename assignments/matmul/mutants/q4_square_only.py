"""All sides are made as long as the first: other shapes break."""

question = "q4"


def matmul_strassen(a, b, leaf=64):
    a, b, dtype = _operands(a, b)
    _at_least_one("leaf", leaf)
    n = len(a)
    if a.shape != b.shape:
        a, b = np.resize(a, (n, n)), np.resize(b, (n, n))
    return _strassen(a.astype(dtype), b.astype(dtype), leaf)
