"""Integers are added up as floats and turned back at the end."""

question = "q2"


def matmul_outer(a, b):
    a, b, dtype = _operands(a, b)
    c = np.zeros((a.shape[0], b.shape[1]), np.result_type(dtype, np.float32))
    for m in range(a.shape[1]):
        c += a[:, m, None] * b[m]
    return c.astype(dtype)
