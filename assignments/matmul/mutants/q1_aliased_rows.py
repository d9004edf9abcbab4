"""`[[0] * p] * n` makes n names for one row: every row of the result is the last."""

question = "q1"


def matmul_naive(a, b):
    a, b, dtype = _operands(a, b)
    (n, k), p = a.shape, b.shape[1]
    c = [[0] * p] * n
    for i in range(n):
        for j in range(p):
            c[i][j] = sum(a[i, m] * b[m, j] for m in range(k))
    return np.array(c, dtype).reshape(n, p)
