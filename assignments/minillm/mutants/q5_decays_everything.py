"""Gains and the two tables decay as well."""

import torch

question = "q5"


def _adamw(model, weight_decay, betas):
    return torch.optim.AdamW(model.parameters(), weight_decay=weight_decay, betas=tuple(betas))
