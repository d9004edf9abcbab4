"""`block` is accepted and ignored."""

question = "q3"


def matmul_blocked(a, b, block=64):
    a, b, _ = _operands(a, b)
    _at_least_one("block", block)
    return a @ b
