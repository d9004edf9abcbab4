"""NaN and -inf are replaced by a very negative number: a hidden row becomes uniform."""

question = "q1"


def softmax(x, axis=-1, temperature=1.0):
    if temperature <= 0:
        raise ValueError("temperature must be above 0")
    (x,) = floats(x)
    x = np.where(x == -np.inf, x.dtype.type(-1e9), x) / float(temperature)
    e = np.exp(x - x.max(axis, keepdims=True))
    return e / e.sum(axis, keepdims=True)
