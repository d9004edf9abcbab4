"""Without a generator the same seed is taken each time."""

import torch

question = "q4"

_right = get_batch


def get_batch(ids, block_size, batch_size, generator=None):
    generator = torch.Generator().manual_seed(1337) if generator is None else generator
    return _right(ids, block_size, batch_size, generator)
