"""Every integer type becomes int64."""

question = "q2"


def matmul_outer(a, b):
    a, b, dtype = _operands(a, b)
    c = np.zeros((a.shape[0], b.shape[1]), int if dtype.kind in "iu" else dtype)
    for m in range(a.shape[1]):
        c += a[:, m, None] * b[m]
    return c
