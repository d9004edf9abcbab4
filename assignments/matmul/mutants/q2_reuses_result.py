"""The result is kept for the next call of that shape: old results change."""

question = "q2"


_kept = {}


def matmul_outer(a, b):
    a, b, dtype = _operands(a, b)
    shape = a.shape[0], b.shape[1]
    c = _kept.setdefault((shape, dtype.str), np.zeros(shape, dtype))
    c[:] = 0
    for m in range(a.shape[1]):
        c += a[:, m, None] * b[m]
    return c
