"""Single precision is widened to double."""

question = "q1"


def matmul_naive(a, b):
    a, b, dtype = _operands(a, b)
    (n, k), p = a.shape, b.shape[1]
    c = np.zeros((n, p), float if dtype.kind == "f" else dtype)
    for i in range(n):
        for j in range(p):
            for m in range(k):
                c[i, j] += a[i, m] * b[m, j]
    return c
