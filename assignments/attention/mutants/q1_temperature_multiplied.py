"""The scores are multiplied by the temperature."""

question = "q1"


def softmax(x, axis=-1, temperature=1.0):
    if temperature <= 0:
        raise ValueError("temperature must be above 0")
    (x,) = floats(x)
    top = x.max(axis, keepdims=True)
    e = np.exp((x - np.where(top == -np.inf, 0, top)) * float(temperature))
    total = e.sum(axis, keepdims=True)
    return e / np.where(total == 0, 1, total)
