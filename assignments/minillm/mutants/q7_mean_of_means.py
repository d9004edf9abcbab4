"""The mean of the windows' means: the tokens of the short last window count more."""

import math

import torch
import torch.nn.functional as F

question = "q7"


def evaluate(model, ids, characters=None):
    ids, block, mode = _as_ids(ids), model.config.block_size, model.training
    model.eval()
    losses = []
    with torch.no_grad():
        for s in range(0, len(ids) - 1, block):
            y = ids[s + 1 : s + block + 1]
            losses.append(F.cross_entropy(model(ids[s : s + len(y)][None])[0][0], y).item())
    model.train(mode)
    loss = sum(losses) / len(losses)
    return loss, math.exp(loss), loss * (len(ids) - 1) / math.log(2) / (characters or len(ids) - 1)
