"""Of a long text the model is shown the first block_size tokens."""

import torch

question = "q6"


class _Window:
    """The model, which sees the beginning of what it is given."""

    def __init__(self, model, ids):
        self.model, self.ids = model, ids


_right = sample


def sample(model, ids, n, temperature=1.0, top_k=None, top_p=None, generator=None):
    ids = torch.as_tensor(ids, dtype=torch.int64)
    block = model.config.block_size
    if len(ids) <= block and n > 0 and len(ids) > 0:
        some = _right(
            model, ids, min(n, block - len(ids) + 1), temperature, top_k, top_p, generator
        )
        n -= len(some) - len(ids)
        ids = some
    while n > 0:
        new = _right(model, ids[:block], 1, temperature, top_k, top_p, generator)[-1:]
        ids, n = torch.cat([ids, new]), n - 1
    return _right(model, ids, 0, temperature, top_k, top_p, generator)
