"""Pieces of block_size + 1 tokens, the first token of each is never predicted."""

import math

import torch
import torch.nn.functional as F

question = "q7"


def evaluate(model, ids, characters=None):
    ids, block, mode = _as_ids(ids), model.config.block_size, model.training
    model.eval()
    nats, count = 0.0, 0
    with torch.no_grad():
        for piece in ids.split(block + 1):
            if len(piece) > 1:
                logits = model(piece[None, :-1])[0][0]
                nats += F.cross_entropy(logits, piece[1:], reduction="sum").item()
                count += len(piece) - 1
    model.train(mode)
    return nats / count, math.exp(nats / count), nats / math.log(2) / (characters or count)
