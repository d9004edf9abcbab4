"""A quarter is added to where it lies, and taken away again afterwards."""

question = "q4"


def matmul_strassen(a, b, leaf=64):
    a, b, dtype = _operands(a, b)
    _at_least_one("leaf", leaf)
    return _seven(a.astype(dtype, copy=False), b.astype(dtype, copy=False), leaf)


def _seven(a, b, leaf):
    (n, k), p = a.shape, b.shape[1]
    if min(n, k, p) <= leaf:
        return a @ b
    (a11, a12, a21, a22), (b11, b12, b21, b22) = _quartered(a), _quartered(b)
    a11 += a22
    m1 = _seven(a11, b11 + b22, leaf)
    a11 -= a22
    m2 = _seven(a21 + a22, b11, leaf)
    m3 = _seven(a11, b12 - b22, leaf)
    m4 = _seven(a22, b21 - b11, leaf)
    m5 = _seven(a11 + a12, b22, leaf)
    m6 = _seven(a21 - a11, b11 + b12, leaf)
    m7 = _seven(a12 - a22, b21 + b22, leaf)
    c = np.block([[m1 + m4 - m5 + m7, m3 + m5], [m2 + m4, m1 - m2 + m3 + m6]])
    return c[:n, :p]


def _quartered(x):
    rows, columns = x.shape
    if rows % 2 or columns % 2:
        x = np.pad(x, ((0, rows % 2), (0, columns % 2)))
    top, bottom = np.split(x, 2)
    return *np.split(top, 2, axis=1), *np.split(bottom, 2, axis=1)
