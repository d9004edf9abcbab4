"""softmax divides infinity by infinity, with a warning, and repairs the result afterwards."""

question = "q4"
_right = softmax


def softmax(x, axis=-1):
    raw = np.exp(_tensor(x).data)
    np.divide(raw, raw.sum(axis, keepdims=True))
    return _right(x, axis)
