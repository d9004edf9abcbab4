"""`zip` hides that the inner sides differ."""

question = "q2"


def matmul_outer(a, b):
    a, b = np.asarray(a), np.asarray(b)
    c = np.zeros((a.shape[0], b.shape[1]), np.result_type(a, b))
    for column, row in zip(a.T, b, strict=False):
        c += column[:, None] * row
    return c
