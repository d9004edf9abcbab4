"""Starts are drawn without repetition: as a permutation."""

import torch

question = "q4"


def get_batch(ids, block_size, batch_size, generator=None):
    ids = torch.as_tensor(ids, dtype=torch.int64)
    n = len(ids) - block_size
    if n < 1:
        raise ValueError("ids is too short")
    rounds = [torch.randperm(n, generator=generator) for _ in range(-(-batch_size // n))]
    starts = torch.cat(rounds)[:batch_size, None]
    at = starts + torch.arange(block_size)
    return ids[at], ids[at + 1]
