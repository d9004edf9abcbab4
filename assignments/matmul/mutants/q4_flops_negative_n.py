"""A negative side is cubed."""

question = "q4"


def strassen_flops(n, leaf):
    _at_least_one("leaf", leaf)
    return n**3 if n <= leaf else 7 * strassen_flops((n + 1) // 2, leaf)
