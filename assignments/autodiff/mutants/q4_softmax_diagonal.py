"""The gradient of softmax is p (1 - p): entries are taken to be independent."""

question = "q4"


def softmax(x, axis=-1):
    x = _tensor(x)
    return _op(np.exp(_log_softmax(x.data, axis)), (x,), lambda g, out, a: g * out * (1 - out))
