"""Inside a tile the product is a Python loop over its inner side."""

question = "q3"


def matmul_blocked(a, b, block=64):
    a, b, dtype = _operands(a, b)
    _at_least_one("block", block)
    (n, k), p = a.shape, b.shape[1]
    c = np.zeros((n, p), dtype)
    for i in range(0, n, block):
        for j in range(0, p, block):
            for m in range(0, k, block):
                for x in range(m, min(m + block, k)):
                    c[i : i + block, j : j + block] += (
                        a[i : i + block, x, None] * b[x, j : j + block]
                    )
    return c
