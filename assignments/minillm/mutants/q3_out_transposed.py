"""`out` multiplies from the wrong side: its weight is used transposed."""

import torch

question = "q3"


class Attention(Attention):
    def forward(self, x):
        b, t, c = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, self.n_head, c // self.n_head).permute(2, 0, 3, 1, 4)
        scores = q @ k.mT * (c // self.n_head) ** -0.5
        ahead = torch.ones(t, t, dtype=torch.bool).triu(1)
        y = scores.masked_fill(ahead, -torch.inf).softmax(-1) @ v
        return y.transpose(1, 2).reshape(b, t, c) @ self.out.weight
