"""The sums of the probabilities are written into the model's own array."""

question = "q6"


_arithmetic_encode = arithmetic_encode


def arithmetic_encode(symbols, model):
    def asked(past):
        p = model(past)
        q = np.array(p)
        if isinstance(p, np.ndarray):
            np.cumsum(p, out=p)
        return q

    return _arithmetic_encode(symbols, asked)
