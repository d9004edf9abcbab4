"""Rows of a that are done with are set to 0."""

question = "q1"


def matmul_naive(a, b):
    a, b, dtype = _operands(a, b)
    (n, k), p = a.shape, b.shape[1]
    c = np.zeros((n, p), dtype)
    for i in range(n):
        for j in range(p):
            for m in range(k):
                c[i, j] += a[i, m] * b[m, j]
        if a.flags.writeable and not dtype.hasobject:
            a[i] = 0
    return c
