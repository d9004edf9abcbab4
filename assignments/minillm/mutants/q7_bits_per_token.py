"""Bits per token are called bits per character."""

question = "q7"

_right = evaluate


def evaluate(model, ids, characters=None):
    return _right(model, ids)
