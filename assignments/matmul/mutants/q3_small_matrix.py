"""Ragged edges are right, but a side shorter than `block` has no tiles."""

question = "q3"


def matmul_blocked(a, b, block=64):
    a, b, dtype = _operands(a, b)
    _at_least_one("block", block)
    (n, k), p = a.shape, b.shape[1]
    c = np.zeros((n, p), dtype)
    if min(n, k, p) < block and n * k * p:
        return c
    for i in range(0, n, block):
        for j in range(0, p, block):
            for m in range(0, k, block):
                rows, inner, columns = slice(i, i + block), slice(m, m + block), slice(j, j + block)
                c[rows, columns] += a[rows, inner] @ b[inner, columns]
    return c
