"""The output keeps the axis of positions: (1, d_v)."""

question = "q6"
_right = decode_step


def decode_step(head, x_t, cache):
    return _right(head, x_t, cache)[None]
