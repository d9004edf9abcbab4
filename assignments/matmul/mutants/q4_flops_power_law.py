"""strassen_flops uses n ** log2(7), in floats."""

question = "q4"


def strassen_flops(n, leaf):
    if n < 0 or leaf < 1:
        raise ValueError("n must be >= 0 and leaf >= 1")
    if n <= leaf:
        return n**3
    levels = math.ceil(math.log2(n / leaf))
    return round(7**levels * (n / 2**levels) ** 3)
