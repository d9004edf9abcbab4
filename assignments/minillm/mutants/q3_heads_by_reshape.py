"""Heads are split by reshape alone: places and heads are mixed, and the past is not the past."""

import numpy as np
import torch.nn.functional as F

question = "q3"


def _forward(self, x):
    b, t, c = x.shape
    q, k, v = (part.reshape(b, self.n_head, t, -1) for part in self.qkv(x).split(c, dim=-1))
    y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
    return self.out(y.transpose(1, 2).reshape(b, t, c))


Attention.forward = _forward


class NumpyGPT(NumpyGPT):  # the same mistake, so that the two agree
    def _split(self, qkv, b, t):
        h = self.config.n_head
        return np.stack([p.reshape(b, h, t, -1) for p in np.split(qkv.reshape(b, t, -1), 3, -1)])

    def _join(self, parts, b, t):
        if len(parts) == 1:
            return super()._join(parts, b, t)
        return np.concatenate([p.reshape(b * t, -1) for p in parts], axis=-1)
