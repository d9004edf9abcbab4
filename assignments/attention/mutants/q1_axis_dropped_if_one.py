"""squeeze() removes axes of length 1."""

question = "q1"
_right = softmax


def softmax(x, axis=-1, temperature=1.0):
    return _right(x, axis, temperature).squeeze()
