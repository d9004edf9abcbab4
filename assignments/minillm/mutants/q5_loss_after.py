"""The loss in the history is that after the update."""

import torch

question = "q5"

_right = train


def train(model, ids, steps, *args, **options):
    history = _right(model, ids, steps, *args, **options)
    with torch.no_grad():
        block = model.config.block_size
        window = torch.as_tensor(ids)[: block + 1]
        after = model(window[None, :-1], window[None, 1:])[1].item()
    history.loss = [*history.loss[1:], after]
    return history
