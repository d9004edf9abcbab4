"""Counts are floats: large ones lose their last digits."""

question = "q4"


def strassen_flops(n, leaf):
    if n < 0:
        raise ValueError("n must not be negative")
    _at_least_one("leaf", leaf)
    return float(n) ** 3 if n <= leaf else 7.0 * strassen_flops((n + 1) // 2, leaf)
