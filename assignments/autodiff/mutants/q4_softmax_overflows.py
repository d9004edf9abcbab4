"""exp without subtracting the largest entry: not a number at 1000."""

question = "q4"


def softmax(x, axis=-1):
    x = _tensor(x)
    e = np.exp(x.data)

    def rule(g, out, a):
        return out * (g - (g * out).sum(axis=axis, keepdims=True))

    return _op(e / e.sum(axis, keepdims=True), (x,), rule)
