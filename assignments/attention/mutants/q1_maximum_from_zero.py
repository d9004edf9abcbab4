"""The search for the maximum starts at 0: scores far below zero all become 0."""

question = "q1"


def softmax(x, axis=-1, temperature=1.0):
    if temperature <= 0:
        raise ValueError("temperature must be above 0")
    (x,) = floats(x)
    e = np.exp((x - x.max(axis, keepdims=True, initial=0)) / float(temperature))
    total = e.sum(axis, keepdims=True)
    return e / np.where(total == 0, 1, total)
