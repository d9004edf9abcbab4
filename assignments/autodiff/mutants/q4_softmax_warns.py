"""softmax divides infinity by infinity, with a warning, and repairs the result afterwards."""

question = "q4"
_right = softmax


def softmax(x, axis=-1):
    e = np.exp(_tensor(x).data)
    e / e.sum(axis, keepdims=True)
    return _right(x, axis)
