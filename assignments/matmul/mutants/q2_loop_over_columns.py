"""A second loop, over the columns of the result."""

question = "q2"


def matmul_outer(a, b):
    a, b, dtype = _operands(a, b)
    c = np.zeros((a.shape[0], b.shape[1]), dtype)
    for m in range(a.shape[1]):
        for j in range(b.shape[1]):
            c[:, j] += a[:, m] * b[m, j]
    return c
