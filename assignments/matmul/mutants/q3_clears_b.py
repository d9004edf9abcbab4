"""Tiles of b are set to 0 once the last row of tiles has met them."""

question = "q3"


def matmul_blocked(a, b, block=64):
    a, b, dtype = _operands(a, b)
    _at_least_one("block", block)
    (n, k), p = a.shape, b.shape[1]
    c = np.zeros((n, p), dtype)
    for i, j in product(range(0, n, block), range(0, p, block)):
        for m in range(0, k, block):
            left, right = a[i : i + block, m : m + block], b[m : m + block, j : j + block]
            c[i : i + block, j : j + block] += left @ right
            if i + block >= n and b.flags.writeable and not dtype.hasobject:
                right[:] = 0
    return c
