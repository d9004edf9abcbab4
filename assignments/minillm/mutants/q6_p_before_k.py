"""Top-p is applied before top-k, to probabilities that are not scaled up."""

import torch

question = "q6"


def _choose(logits, temperature, top_k, top_p, generator):
    if temperature == 0:
        return logits.argmax(keepdim=True)
    logits, order = (logits.double() / temperature).sort(descending=True)
    p = logits.softmax(0)
    if top_p is not None:
        p = p * (p.cumsum(0) - p < top_p)
    return order[torch.multinomial(p[:top_k], 1, generator=generator)]
