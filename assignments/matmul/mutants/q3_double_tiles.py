"""Tiles of twice `block`: they do not fit the cache that they were made for."""

question = "q3"


def matmul_blocked(a, b, block=64):
    a, b, dtype = _operands(a, b)
    _at_least_one("block", block)
    (n, k), p = a.shape, b.shape[1]
    side = 2 * block
    c = np.zeros((n, p), dtype)
    for i, j in product(range(0, n, side), range(0, p, side)):
        rows, columns = slice(i, i + side), slice(j, j + side)
        for m in range(0, k, side):
            c[rows, columns] += a[rows, m : m + side] @ b[m : m + side, columns]
    return c
