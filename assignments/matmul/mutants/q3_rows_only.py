"""Only the rows are cut; every panel meets the whole of b."""

question = "q3"


def matmul_blocked(a, b, block=64):
    a, b, dtype = _operands(a, b)
    _at_least_one("block", block)
    c = np.zeros((a.shape[0], b.shape[1]), dtype)
    for i in range(0, a.shape[0], block):
        c[i : i + block] = a[i : i + block] @ b
    return c
