"""Targets are the tokens before."""

question = "q4"

_right = get_batch


def get_batch(ids, block_size, batch_size, generator=None):
    inputs, targets = _right(ids, block_size, batch_size, generator)
    return targets, inputs
