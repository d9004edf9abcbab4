"""Attention rounds D down when n_head does not divide n_embd."""

import torch
from torch import nn

question = "q3"


class Attention(Attention):
    def __init__(self, config):
        nn.Module.__init__(self)
        c = config.n_embd
        self.n_head, self.head = config.n_head, c // config.n_head
        self.qkv, self.out = nn.Linear(c, 3 * c, bias=False), nn.Linear(c, c, bias=False)
        self.dropout = nn.Dropout(config.dropout)

    def forward(self, x):
        b, t, c = x.shape
        used = self.n_head * self.head
        q, k, v = (
            z[..., :used].view(b, t, self.n_head, -1).transpose(1, 2)
            for z in self.qkv(x).split(c, dim=-1)
        )
        scores = q @ k.mT * max(self.head, 1) ** -0.5
        ahead = torch.ones(t, t, dtype=torch.bool).triu(1)
        weights = self.dropout(scores.masked_fill(ahead, -torch.inf).softmax(-1))
        y = (weights @ v).transpose(1, 2).reshape(b, t, used)
        return self.out(torch.cat([y, torch.zeros(b, t, c - used)], dim=-1))
