"""The mask is off by one: each place sees the token that it should predict."""

import numpy as np
import torch
import torch.nn.functional as F

question = "q3"


def _forward(self, x):
    b, t, c = x.shape
    q, k, v = self.qkv(x).view(b, t, 3, self.n_head, c // self.n_head).permute(2, 0, 3, 1, 4)
    mask = torch.ones(t, t, dtype=torch.bool).tril(1)
    y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
    return self.out(y.transpose(1, 2).reshape(b, t, c))


Attention.forward = _forward


class NumpyGPT(NumpyGPT):  # the same mistake, so that the two agree
    def _mask(self, t, dtype):
        return np.triu(np.full((t, t), -np.inf, dtype), 2)
