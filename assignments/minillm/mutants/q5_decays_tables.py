"""Everything with two dimensions decays, the tables of tokens and positions too."""

import torch

question = "q5"


def _adamw(model, weight_decay, betas):
    two = [p for p in model.parameters() if p.ndim >= 2]
    one = [p for p in model.parameters() if p.ndim < 2]
    groups = [{"params": two, "weight_decay": weight_decay}, {"params": one, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, betas=tuple(betas))
