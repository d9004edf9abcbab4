"""Without an axis softmax goes along the first."""

question = "q4"
_right = softmax


def softmax(x, axis=0):
    return _right(x, axis)
