"""Factors that are zero are skipped: right, but no longer n·k·p multiplications."""

question = "q1"


def matmul_naive(a, b):
    a, b, dtype = _operands(a, b)
    (n, k), p = a.shape, b.shape[1]
    c = np.zeros((n, p), dtype)
    for i in range(n):
        for j in range(p):
            for m in range(k):
                if getattr(a[i, m], "value", a[i, m]) != 0:
                    c[i, j] += a[i, m] * b[m, j]
    return c
