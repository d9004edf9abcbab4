"""A vector is taken for a matrix with one row."""

question = "q1"


def matmul_naive(a, b):
    a, b, dtype = _operands(np.atleast_2d(a), np.atleast_2d(b))
    (n, k), p = a.shape, b.shape[1]
    c = np.zeros((n, p), dtype)
    for i in range(n):
        for j in range(p):
            for m in range(k):
                c[i, j] += a[i, m] * b[m, j]
    return c
