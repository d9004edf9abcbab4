"""A model of a single symbol is refused."""

question = "q6"


_arithmetic_encode = arithmetic_encode


def arithmetic_encode(symbols, model):
    def asked(past):
        p = model(past)
        if len(p) == 1:
            raise ValueError("symbols")
        return p

    return _arithmetic_encode(symbols, asked)
