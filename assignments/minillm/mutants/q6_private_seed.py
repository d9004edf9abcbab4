"""Without a generator the same seed is taken each time."""

import torch

question = "q6"

_right = sample


def sample(model, ids, n, temperature=1.0, top_k=None, top_p=None, generator=None):
    options = {"temperature": temperature, "top_k": top_k, "top_p": top_p, "generator": generator}
    if options.get("generator") is None:
        options["generator"] = torch.Generator().manual_seed(1337)
    return _right(model, ids, n, **options)
