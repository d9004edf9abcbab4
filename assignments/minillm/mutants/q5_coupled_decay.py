"""Adam with an L2 term in the gradient instead of AdamW."""

import torch
from torch import nn

question = "q5"


def _adamw(model, weight_decay, betas):
    tables = {id(m.weight) for m in model.modules() if isinstance(m, nn.Embedding)}
    groups = {True: [], False: []}
    for p in model.parameters():
        groups[p.ndim >= 2 and id(p) not in tables].append(p)
    return torch.optim.Adam(
        [
            {"params": groups[True], "weight_decay": weight_decay},
            {"params": groups[False], "weight_decay": 0.0},
        ],
        betas=tuple(betas),
    )
