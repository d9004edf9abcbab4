"""strassen_flops rounds n / 2 down."""

question = "q4"


def strassen_flops(n, leaf):
    if n < 0 or leaf < 1:
        raise ValueError("n must be >= 0 and leaf >= 1")
    return n**3 if n <= leaf else 7 * strassen_flops(n // 2, leaf)
