"""Heads are split by reshape alone: places and heads are mixed."""

import torch

question = "q3"


class Attention(Attention):
    def forward(self, x):
        b, t, c = x.shape
        q, k, v = (part.reshape(b, self.n_head, t, -1) for part in self.qkv(x).split(c, dim=-1))
        scores = q @ k.mT * (c // self.n_head) ** -0.5
        ahead = torch.ones(t, t, dtype=torch.bool).triu(1)
        y = scores.masked_fill(ahead, -torch.inf).softmax(-1) @ v
        return self.out(y.transpose(1, 2).reshape(b, t, c))
