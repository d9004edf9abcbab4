"""The largest entry of the whole array is subtracted: rows far below it underflow."""

question = "q4"


def log_softmax(x, axis=-1):
    x = _tensor(x)
    shifted = x.data - x.data.max()

    def rule(g, out, a):
        return g - _exp(out) * g.sum(axis=axis, keepdims=True)

    return _op(shifted - np.log(np.exp(shifted).sum(axis, keepdims=True)), (x,), rule)
