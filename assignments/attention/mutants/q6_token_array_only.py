"""x_t has to be an array."""

question = "q6"
_right = decode_step


def decode_step(head, x_t, cache):
    return _right(head, x_t.astype(x_t.dtype), cache)
