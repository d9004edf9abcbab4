"""The last window is never drawn."""

import torch

question = "q4"


def get_batch(ids, block_size, batch_size, generator=None):
    ids = torch.as_tensor(ids, dtype=torch.int64)
    if len(ids) < block_size + 1:
        raise ValueError("too few tokens")
    starts = torch.randint(max(len(ids) - block_size - 1, 1), (batch_size,), generator=generator)
    x = torch.stack([ids[s : s + block_size] for s in starts])
    return x, torch.stack([ids[s + 1 : s + block_size + 1] for s in starts])
