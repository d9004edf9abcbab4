"""A long prompt is cut at its end: the model goes on from its first block_size tokens."""

import torch

question = "q6"

_right = sample


def sample(model, ids, n, temperature=1.0, top_k=None, top_p=None, generator=None):
    options = {"temperature": temperature, "top_k": top_k, "top_p": top_p, "generator": generator}
    ids = torch.as_tensor(ids, dtype=torch.int64)
    block = model.config.block_size
    if len(ids) <= block:
        return _right(model, ids, n, **options)
    return torch.cat([ids, _right(model, ids[:block], n, **options)[block:]])
