"""All three loops run over the rows of a: right for square matrices only."""

question = "q1"


def matmul_naive(a, b):
    a, b, dtype = _operands(a, b)
    n = len(a)
    c = np.zeros((n, n), dtype)
    for i in range(n):
        for j in range(n):
            for m in range(n):
                c[i, j] += a[i, m] * b[m, j]
    return c
