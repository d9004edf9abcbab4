"""The symbols have to be a list or an array."""

question = "q6"


_arithmetic_encode = arithmetic_encode


def arithmetic_encode(symbols, model):
    return _arithmetic_encode(symbols.copy(), model)
