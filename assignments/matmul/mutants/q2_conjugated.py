"""Complex columns are conjugated, as in an inner product."""

question = "q2"


def matmul_outer(a, b):
    a, b, dtype = _operands(a, b)
    c = np.zeros((a.shape[0], b.shape[1]), dtype)
    for m in range(a.shape[1]):
        c += a[:, m, None].conj() * b[m]
    return c
