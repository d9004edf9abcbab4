"""A window may begin at the last place; its last target is the first token of the text."""

import torch

question = "q4"


def get_batch(ids, block_size, batch_size, generator=None):
    ids = torch.as_tensor(ids, dtype=torch.int64)
    if len(ids) < block_size + 1:
        raise ValueError("too few tokens")
    starts = torch.randint(len(ids) - block_size + 1, (batch_size, 1), generator=generator)
    places = starts + torch.arange(block_size)
    return ids[places], ids[(places + 1) % len(ids)]
