"""Gradients are recorded while evaluating."""

import contextlib

question = "q7"


class torch_with_gradients:
    def __getattr__(self, name):
        return contextlib.nullcontext if name == "no_grad" else getattr(_torch, name)


_torch, _right = torch, evaluate


def evaluate(model, ids, characters=None):
    global torch
    torch = torch_with_gradients()
    try:
        loss, _, bits = (float(x) for x in _right(model, ids, characters))
    finally:
        torch = _torch
    return loss, math.exp(loss), bits
