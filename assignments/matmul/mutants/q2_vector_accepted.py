"""A vector is taken for a matrix with one row."""

question = "q2"


def matmul_outer(a, b):
    a, b, dtype = _operands(np.atleast_2d(a), np.atleast_2d(b))
    c = np.zeros((a.shape[0], b.shape[1]), dtype)
    for m in range(a.shape[1]):
        c += a[:, m, None] * b[m]
    return c
