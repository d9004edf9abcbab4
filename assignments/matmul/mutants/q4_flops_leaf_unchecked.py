"""A leaf below 1 is taken for 1."""

question = "q4"


def strassen_flops(n, leaf):
    if n < 0:
        raise ValueError("n must not be negative")
    leaf = max(leaf, 1)
    return n**3 if n <= leaf else 7 * strassen_flops((n + 1) // 2, leaf)
