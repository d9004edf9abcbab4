"""A tuple is returned."""

question = "q6"


_arithmetic_decode = arithmetic_decode


def arithmetic_decode(bits, n, model):
    return tuple(_arithmetic_decode(bits, n, model))
