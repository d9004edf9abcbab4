"""strassen_flops halves once more when n equals the leaf."""

question = "q4"


def strassen_flops(n, leaf):
    if n < 0 or leaf < 1:
        raise ValueError("n must be >= 0 and leaf >= 1")
    return n**3 if n < leaf or n <= 1 else 7 * strassen_flops((n + 1) // 2, leaf)
