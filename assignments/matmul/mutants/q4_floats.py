"""Everything becomes float64 on the way: integers lose their dtype."""

question = "q4"


def matmul_strassen(a, b, leaf=64):
    a, b, dtype = _operands(a, b)
    _at_least_one("leaf", leaf)
    if dtype.kind in "iu":
        a, b = a.astype(float), b.astype(float)
    return _strassen(a, b, leaf)
