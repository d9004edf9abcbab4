"""x_t is scaled in place."""

question = "q6"
_right = decode_step


def decode_step(head, x_t, cache):
    output = _right(head, x_t, cache)
    if isinstance(x_t, np.ndarray):
        x_t /= 2
    return output
