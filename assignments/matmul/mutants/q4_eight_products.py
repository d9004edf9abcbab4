"""Eight recursive products of quarters: right, and nothing saved."""

question = "q4"


def matmul_strassen(a, b, leaf=64):
    a, b, dtype = _operands(a, b)
    _at_least_one("leaf", leaf)
    (n, k), p = a.shape, b.shape[1]
    if min(n, k, p) <= leaf:
        return a.astype(dtype) @ b.astype(dtype)
    a11, a12, a21, a22 = _quarters(a)
    b11, b12, b21, b22 = _quarters(b)
    c = [
        [
            matmul_strassen(x, u, leaf) + matmul_strassen(y, v, leaf)
            for u, v in ((b11, b21), (b12, b22))
        ]
        for x, y in ((a11, a12), (a21, a22))
    ]
    return np.block(c)[:n, :p]
