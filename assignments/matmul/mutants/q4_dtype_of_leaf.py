"""Below the leaf the dtype is that of `@`; above, that of a."""

question = "q4"


def matmul_strassen(a, b, leaf=64):
    a, b, _ = _operands(a, b)
    _at_least_one("leaf", leaf)
    c = _strassen(a, b, leaf)
    return c if min(*a.shape, b.shape[1]) <= leaf else c.astype(a.dtype)
