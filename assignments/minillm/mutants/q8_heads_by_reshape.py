"""Heads are split by reshape alone."""

import numpy as np

question = "q8"


class NumpyGPT(NumpyGPT):
    def _split(self, qkv, b, t):
        h = self.config.n_head
        return np.stack([p.reshape(b, h, t, -1) for p in np.split(qkv.reshape(b, t, -1), 3, -1)])
