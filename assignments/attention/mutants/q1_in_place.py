"""The scores are overwritten."""

question = "q1"


def softmax(x, axis=-1, temperature=1.0):
    if temperature <= 0:
        raise ValueError("temperature must be above 0")
    (x,) = floats(x)
    top = x.max(axis, keepdims=True)
    x -= np.where(top == -np.inf, 0, top)
    x /= temperature
    np.exp(x, out=x)
    total = x.sum(axis, keepdims=True)
    x /= np.where(total == 0, 1, total)
    return x
