"""`n_head` is ignored: one head of the whole width."""

import torch

question = "q3"


class Attention(Attention):
    def forward(self, x):
        b, t, c = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, 1, c).permute(2, 0, 3, 1, 4)
        scores = q @ k.mT * c**-0.5
        ahead = torch.ones(t, t, dtype=torch.bool).triu(1)
        y = scores.masked_fill(ahead, -torch.inf).softmax(-1) @ v
        return self.out(y.transpose(1, 2).reshape(b, t, c))
