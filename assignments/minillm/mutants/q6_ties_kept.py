"""Top-k keeps every token that is as probable as the k-th, and so more than k."""

import torch

question = "q6"

_right = _choose


def _choose(logits, temperature, top_k, top_p, generator):
    if top_k is not None and temperature > 0:
        least = logits.sort(descending=True)[0][:top_k][-1]
        logits, top_k = logits.masked_fill(logits < least, -torch.inf), None
    return _right(logits, temperature, top_k, top_p, generator)
