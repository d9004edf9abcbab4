"""Dropout stays on while sampling."""

import torch

question = "q6"


def sample(model, ids, n, temperature=1.0, top_k=None, top_p=None, generator=None):
    ids = _as_ids(ids)
    bad = len(ids) == 0 or temperature < 0 or (top_k is not None and top_k < 1)
    if bad or (top_p is not None and not 0 < top_p <= 1):
        raise ValueError("bad arguments")
    with torch.no_grad():
        for _ in range(n):
            logits = model(ids[None, -model.config.block_size :])[0][0, -1]
            ids = torch.cat([ids, _choose(logits, temperature, top_k, top_p, generator)])
    return ids
