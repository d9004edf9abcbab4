"""Without a generator the same seed is taken each time."""

import torch

question = "q6"

_right = sample


def sample(model, ids, n, **options):
    if options.get("generator") is None:
        options["generator"] = torch.Generator().manual_seed(1337)
    return _right(model, ids, n, **options)
