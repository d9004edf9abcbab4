"""Lists have no shape: only arrays are understood."""

question = "q2"


def matmul_outer(a, b):
    if a.ndim != 2 or b.ndim != 2 or a.shape[1] != b.shape[0]:
        raise ValueError("a and b must be 2-D and fit")
    c = np.zeros((a.shape[0], b.shape[1]), np.result_type(a, b))
    for m in range(a.shape[1]):
        c += a[:, m, None] * b[m]
    return c
