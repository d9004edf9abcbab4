"""The first product starts each sum, which fails when there is none."""

question = "q1"


def matmul_naive(a, b):
    a, b, dtype = _operands(a, b)
    (n, k), p = a.shape, b.shape[1]
    c = np.zeros((n, p), dtype)
    for i in range(n):
        for j in range(p):
            c[i, j] = a[i, 0] * b[0, j]
            for m in range(1, k):
                c[i, j] += a[i, m] * b[m, j]
    return c
