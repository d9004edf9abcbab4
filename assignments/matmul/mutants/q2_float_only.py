"""The sum starts from np.zeros without a dtype."""

question = "q2"


def matmul_outer(a, b):
    a, b, _ = _operands(a, b)
    c = np.zeros((a.shape[0], b.shape[1]))
    for m in range(a.shape[1]):
        c = c + a[:, m, None] * b[m]
    return c
