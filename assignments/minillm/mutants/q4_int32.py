"""Inputs are int32."""

question = "q4"

_right = get_batch


def get_batch(ids, block_size, batch_size, generator=None):
    x, y = _right(ids, block_size, batch_size, generator)
    return x.int(), y
