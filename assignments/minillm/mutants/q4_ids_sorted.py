"""The caller's list is sorted on the way."""

question = "q4"

_right = get_batch


def get_batch(ids, block_size, batch_size, generator=None):
    result = _right(ids, block_size, batch_size, generator)
    if isinstance(ids, list):
        ids.sort()
    return result
