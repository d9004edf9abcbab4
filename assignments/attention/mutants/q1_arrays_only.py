"""A list has no dtype: only arrays are taken."""

question = "q1"
_right = softmax


def softmax(x, axis=-1, temperature=1.0):
    return _right(x.astype(x.dtype), axis, temperature)
