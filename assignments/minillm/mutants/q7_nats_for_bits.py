"""Nats are called bits."""

import math

question = "q7"

_right = evaluate


def evaluate(model, ids, characters=None):
    loss, perplexity, bits = _right(model, ids, characters)
    return loss, perplexity, bits * math.log(2)
