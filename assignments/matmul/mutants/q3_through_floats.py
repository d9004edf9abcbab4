"""Tiles are added up as floats, whatever they hold."""

question = "q3"


def matmul_blocked(a, b, block=64):
    a, b, dtype = _operands(a, b)
    _at_least_one("block", block)
    (n, k), p = a.shape, b.shape[1]
    c = np.empty((n, p), dtype)
    for i, j in product(range(0, n, block), range(0, p, block)):
        rows, columns = slice(i, i + block), slice(j, j + block)
        total = np.zeros(c[rows, columns].shape, np.result_type(dtype, np.float32))
        for m in range(0, k, block):
            total += a[rows, m : m + block] @ b[m : m + block, columns]
        c[rows, columns] = total
    return c
