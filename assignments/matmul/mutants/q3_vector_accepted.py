"""A vector is taken for a matrix with one row."""

question = "q3"


def matmul_blocked(a, b, block=64):
    a, b, dtype = _operands(np.atleast_2d(a), np.atleast_2d(b))
    _at_least_one("block", block)
    (n, k), p = a.shape, b.shape[1]
    c = np.zeros((n, p), dtype)
    for i, j in product(range(0, n, block), range(0, p, block)):
        for m in range(0, k, block):
            left, right = a[i : i + block, m : m + block], b[m : m + block, j : j + block]
            c[i : i + block, j : j + block] += left @ right
    return c
