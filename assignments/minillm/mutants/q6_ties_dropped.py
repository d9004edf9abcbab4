"""Top-k keeps only what is more probable than the next one: ties with it are lost."""

import torch

question = "q6"

_right = _choose


def _choose(logits, temperature, top_k, top_p, generator):
    if top_k is not None and top_k < len(logits) and temperature > 0:
        after = logits.sort(descending=True)[0][top_k]
        kept = logits.masked_fill(logits <= after, -torch.inf)
        logits, top_k = (kept, None) if (kept > -torch.inf).any() else (logits, 1)
    return _right(logits, temperature, top_k, top_p, generator)
