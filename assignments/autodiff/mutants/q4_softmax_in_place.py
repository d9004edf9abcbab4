"""softmax subtracts the largest entry from the tensor's own data."""

question = "q4"
_right = softmax


def softmax(x, axis=-1):
    x = _tensor(x)
    x.data -= x.data.max(axis, keepdims=True)
    return _right(x, axis)
