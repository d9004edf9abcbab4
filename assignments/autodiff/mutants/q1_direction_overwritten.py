"""v is scaled in place."""

question = "q1"
_right = jvp


def jvp(f, x, v):
    result = _right(f, x, v)
    if isinstance(v, np.ndarray) and v.dtype == float:
        v *= 2
    return result
