"""The result has the dtype of a: floats in b are cut off to integers."""

question = "q1"


def matmul_naive(a, b):
    a, b, _ = _operands(a, b)
    (n, k), p = a.shape, b.shape[1]
    c = np.zeros((n, p), a.dtype)
    for i in range(n):
        for j in range(p):
            total = 0
            for m in range(k):
                total = total + a[i, m] * b[m, j]
            c[i, j] = total.real if np.isrealobj(c) else total
    return c
