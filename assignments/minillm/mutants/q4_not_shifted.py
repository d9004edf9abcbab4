"""Targets are the inputs themselves."""

question = "q4"

_right = get_batch


def get_batch(ids, block_size, batch_size, generator=None):
    inputs, _ = _right(ids, block_size, batch_size, generator)
    return inputs, inputs.clone()
