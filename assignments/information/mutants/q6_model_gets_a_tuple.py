"""The model is given a tuple."""

question = "q6"


_arithmetic_encode = arithmetic_encode


def arithmetic_encode(symbols, model):
    return _arithmetic_encode(symbols, lambda past: model(tuple(past)))
