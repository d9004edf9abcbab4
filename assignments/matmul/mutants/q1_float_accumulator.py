"""Sums are collected in floats and turned into integers at the end."""

question = "q1"


def matmul_naive(a, b):
    a, b, dtype = _operands(a, b)
    (n, k), p = a.shape, b.shape[1]
    c = np.zeros((n, p), np.result_type(dtype, np.float64))
    for i in range(n):
        for j in range(p):
            for m in range(k):
                c[i, j] += a[i, m] * b[m, j]
    return c.astype(dtype)
