"""A text that is too short gives a window that is too short."""

question = "q4"

_right = get_batch


def get_batch(ids, block_size, batch_size, generator=None):
    return _right(ids, min(block_size, len(ids) - 1), batch_size, generator)
