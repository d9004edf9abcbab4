"""Dropout in attention is not switched off in evaluation mode."""

import torch.nn.functional as F

question = "q3"


def _forward(self, x):
    b, t, c = x.shape
    q, k, v = self.qkv(x).view(b, t, 3, self.n_head, c // self.n_head).permute(2, 0, 3, 1, 4)
    y = F.scaled_dot_product_attention(q, k, v, is_causal=True, dropout_p=self.dropout)
    return self.out(y.transpose(1, 2).reshape(b, t, c))


Attention.forward = _forward
