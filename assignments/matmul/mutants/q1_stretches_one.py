"""An inner side of 1 is stretched, as broadcasting would."""

question = "q1"


def matmul_naive(a, b):
    a, b = np.asarray(a), np.asarray(b)
    if a.ndim != 2 or b.ndim != 2:
        raise ValueError("a and b must be 2-D")
    (n, k), p = a.shape, b.shape[1]
    if k != len(b) and 1 not in (k, len(b)):
        raise ValueError("a and b do not fit")
    c = np.zeros((n, p), np.result_type(a, b))
    for i in range(n):
        for j in range(p):
            for m in range(max(k, len(b)) if min(k, len(b)) else 0):
                c[i, j] += a[i, m % k] * b[m % len(b), j]
    return c
