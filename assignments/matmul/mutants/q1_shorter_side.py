"""Inner sides that differ are cut to the shorter one instead of refused."""

question = "q1"


def matmul_naive(a, b):
    a, b = np.asarray(a), np.asarray(b)
    if a.ndim != 2 or b.ndim != 2:
        raise ValueError("a and b must be 2-D")
    c = np.zeros((len(a), b.shape[1]), np.result_type(a, b))
    for i in range(len(a)):
        for j in range(b.shape[1]):
            for x, y in zip(a[i], b[:, j], strict=False):
                c[i, j] += x * y
    return c
