"""The sum starts from the first outer product, which k = 0 does not have."""

question = "q2"


def matmul_outer(a, b):
    a, b, dtype = _operands(a, b)
    c = (a[:, 0, None] * b[0]).astype(dtype)
    for m in range(1, a.shape[1]):
        c += a[:, m, None] * b[m]
    return c
