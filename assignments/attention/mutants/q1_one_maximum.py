"""One maximum for the whole array: rows far below it vanish."""

question = "q1"


def softmax(x, axis=-1, temperature=1.0):
    if temperature <= 0:
        raise ValueError("temperature must be above 0")
    (x,) = floats(x)
    top = x.max()
    e = np.exp((x - (top if np.isfinite(top) else 0)) / float(temperature))
    total = e.sum(axis, keepdims=True)
    return e / np.where(total == 0, 1, total)
