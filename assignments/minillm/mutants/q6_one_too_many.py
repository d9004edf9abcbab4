"""Top-p keeps the token after the one that crosses p."""

import torch

question = "q6"


def _choose(logits, temperature, top_k, top_p, generator):
    if temperature == 0:
        return logits.argmax(keepdim=True)
    logits, order = (logits.double() / temperature).sort(descending=True)
    p = logits[:top_k].softmax(0)
    if top_p is not None:
        before = p.cumsum(0) - p
        p = p * (torch.cat([before[:1], before[:-1]]) < top_p)
    return order[torch.multinomial(p, 1, generator=generator)]
