"""Arrays that cannot be written to are refused: memory is taken as a buffer to work in."""

question = "q2"


def matmul_outer(a, b):
    a, b, dtype = _operands(a, b)
    c = np.zeros((a.shape[0], b.shape[1]), dtype)
    for m in range(a.shape[1]):
        column = a[:, m]
        column += 0
        c += column[:, None] * b[m]
    return c
