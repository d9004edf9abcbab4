"""Lists have no shape: only arrays are understood."""

question = "q1"


def matmul_naive(a, b):
    if a.ndim != 2 or b.ndim != 2 or a.shape[1] != b.shape[0]:
        raise ValueError("a and b must be 2-D and fit")
    c = np.zeros((a.shape[0], b.shape[1]), np.result_type(a, b))
    for i in range(a.shape[0]):
        for j in range(b.shape[1]):
            for m in range(a.shape[1]):
                c[i, j] += a[i, m] * b[m, j]
    return c
