"""A row of nothing but -inf gives NaN."""

question = "q1"


def softmax(x, axis=-1, temperature=1.0):
    if temperature <= 0:
        raise ValueError("temperature must be above 0")
    (x,) = floats(x)
    e = np.exp((x - x.max(axis, keepdims=True)) / float(temperature))
    return e / e.sum(axis, keepdims=True)
