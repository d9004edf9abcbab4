"""Everything becomes float64."""

question = "q1"


def softmax(x, axis=-1, temperature=1.0):
    if temperature <= 0:
        raise ValueError("temperature must be above 0")
    x = np.asarray(x, dtype=np.float64)
    top = x.max(axis, keepdims=True)
    e = np.exp((x - np.where(top == -np.inf, 0, top)) / temperature)
    total = e.sum(axis, keepdims=True)
    return e / np.where(total == 0, 1, total)
