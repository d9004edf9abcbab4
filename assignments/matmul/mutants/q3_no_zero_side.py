"""The first tile starts the sum, which fails when the inner side is 0."""

question = "q3"


def matmul_blocked(a, b, block=64):
    a, b, dtype = _operands(a, b)
    _at_least_one("block", block)
    c = np.zeros((a.shape[0], b.shape[1]), dtype)
    starts = range(0, a.shape[1], block)
    for i in range(0, a.shape[0], block):
        for j in range(0, b.shape[1], block):
            parts = [
                a[i : i + block, m : m + block] @ b[m : m + block, j : j + block] for m in starts
            ]
            tile = parts[0]
            for part in parts[1:]:
                tile = tile + part
            c[i : i + block, j : j + block] = tile
    return c
