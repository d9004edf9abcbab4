"""softmax ignores its axis."""

question = "q4"


def softmax(x, axis=-1):
    x = _tensor(x)

    def rule(g, out, a):
        return out * (g - (g * out).sum(axis=-1, keepdims=True))

    return _op(np.exp(_log_softmax(x.data, -1)), (x,), rule)
