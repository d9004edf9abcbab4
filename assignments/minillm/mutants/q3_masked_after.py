"""The mask is applied after the softmax, so the weights no longer sum to 1."""

import torch

question = "q3"


class Attention(Attention):
    def forward(self, x):
        b, t, c = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, self.n_head, c // self.n_head).permute(2, 0, 3, 1, 4)
        scores = q @ k.mT * (c // self.n_head) ** -0.5
        ahead = torch.ones(t, t, dtype=torch.bool).triu(1)
        y = scores.softmax(-1).masked_fill(ahead, 0.0) @ v
        return self.out(y.transpose(1, 2).reshape(b, t, c))
