"""A second loop, over the rows of the result."""

question = "q2"


def matmul_outer(a, b):
    a, b, dtype = _operands(a, b)
    c = np.zeros((a.shape[0], b.shape[1]), dtype)
    for m in range(a.shape[1]):
        for i in range(a.shape[0]):
            c[i] += a[i, m] * b[m]
    return c
