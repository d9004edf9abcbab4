"""Integers become float32."""

question = "q1"
_right = softmax


def softmax(x, axis=-1, temperature=1.0):
    x = np.asarray(x)
    if x.dtype != np.float64:
        x = x.astype(np.float32)
    return _right(x, axis, temperature)
