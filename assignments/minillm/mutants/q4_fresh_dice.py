"""Without a generator a new one is seeded by the clock: nothing is repeatable."""

import torch

question = "q4"

_right = get_batch


def get_batch(ids, block_size, batch_size, generator=None):
    if generator is None:
        torch.seed()
    return _right(ids, block_size, batch_size, generator)
