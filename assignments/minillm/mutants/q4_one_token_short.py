"""A text of exactly block_size + 1 tokens is refused."""

question = "q4"

_right = get_batch


def get_batch(ids, block_size, batch_size, generator=None):
    if len(ids) < block_size + 2:
        raise ValueError("ids is too short")
    return _right(ids, block_size, batch_size, generator)
