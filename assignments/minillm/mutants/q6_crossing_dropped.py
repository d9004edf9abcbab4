"""Top-p drops the token with which the sum crosses p."""

import torch

question = "q6"


def _choose(logits, temperature, top_k, top_p, generator):
    if temperature == 0:
        return logits.argmax(keepdim=True)
    logits, order = (logits.double() / temperature).sort(descending=True)
    p = logits[:top_k].softmax(0)
    if top_p is not None and top_p < 1:
        keep = p.cumsum(0) <= top_p
        keep[0] = True
        p = p * keep
    return order[torch.multinomial(p, 1, generator=generator)]
