"""The temperature comes after top-p."""

import torch

question = "q6"


def _choose(logits, temperature, top_k, top_p, generator):
    if temperature == 0:
        return logits.argmax(keepdim=True)
    logits, order = logits.double().sort(descending=True)
    p = logits[:top_k].softmax(0)
    keep = p.cumsum(0) - p < (2 if top_p is None else top_p)
    p = (logits[:top_k] / temperature).softmax(0) * keep
    return order[torch.multinomial(p, 1, generator=generator)]
