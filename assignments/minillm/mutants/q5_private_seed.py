"""Without a generator the same seed is taken each time."""

import torch

question = "q5"

_right = train


def train(model, ids, steps, *args, **options):
    if options.get("generator") is None:
        options["generator"] = torch.Generator().manual_seed(1337)
    return _right(model, ids, steps, *args, **options)
