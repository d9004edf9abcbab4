"""Entries are read in the order of memory, as if rows always came first there."""

question = "q1"


def matmul_naive(a, b):
    a, b, dtype = _operands(a, b)
    (n, k), p = a.shape, b.shape[1]
    left = a.ravel(order="K")
    c = np.zeros((n, p), dtype)
    for i in range(n):
        for j in range(p):
            for m in range(k):
                c[i, j] += left[i * k + m] * b[m, j]
    return c
