"""The result is kept for the next call of that shape: old results change."""

question = "q1"


_kept = {}


def matmul_naive(a, b):
    a, b, dtype = _operands(a, b)
    (n, k), p = a.shape, b.shape[1]
    c = _kept.setdefault((n, p, dtype.str), np.zeros((n, p), dtype))
    c[:] = 0
    for i in range(n):
        for j in range(p):
            for m in range(k):
                c[i, j] += a[i, m] * b[m, j]
    return c
