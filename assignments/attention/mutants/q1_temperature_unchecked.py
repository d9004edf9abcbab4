"""A temperature of 0 or below is not refused."""

question = "q1"


def softmax(x, axis=-1, temperature=1.0):
    (x,) = floats(x)
    top = x.max(axis, keepdims=True)
    e = np.exp((x - np.where(top == -np.inf, 0, top)) / float(temperature or 1e-9))
    total = e.sum(axis, keepdims=True)
    return e / np.where(total == 0, 1, total)
