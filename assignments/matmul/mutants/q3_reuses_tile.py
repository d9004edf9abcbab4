"""One tile is kept for the next call: results of one tile change with it."""

question = "q3"


_kept = {}


def matmul_blocked(a, b, block=64):
    a, b, dtype = _operands(a, b)
    _at_least_one("block", block)
    (n, k), p = a.shape, b.shape[1]
    c = _kept.setdefault((n, p, dtype.str), np.empty((n, p), dtype))
    for i, j in product(range(0, n, block), range(0, p, block)):
        rows, columns = slice(i, i + block), slice(j, j + block)
        tile = np.zeros(c[rows, columns].shape, dtype)
        for m in range(0, k, block):
            tile += a[rows, m : m + block] @ b[m : m + block, columns]
        c[rows, columns] = tile
    return c
