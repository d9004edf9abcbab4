"""One start for the whole batch: all windows are the same."""

import torch

question = "q4"


def get_batch(ids, block_size, batch_size, generator=None):
    ids = torch.as_tensor(ids, dtype=torch.int64)
    if len(ids) < block_size + 1:
        raise ValueError("too few tokens")
    s = int(torch.randint(len(ids) - block_size, (1,), generator=generator))
    x, y = ids[s : s + block_size], ids[s + 1 : s + block_size + 1]
    return x.repeat(batch_size, 1), y.repeat(batch_size, 1)
