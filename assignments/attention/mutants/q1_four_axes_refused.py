"""Scores with more than three axes are refused."""

question = "q1"


_softmax = softmax


def softmax(x, axis=-1, temperature=1.0):
    if np.ndim(x) > 3:
        raise ValueError("x must have at most three axes")
    return _softmax(x, axis, temperature)
