"""The variance of the norm is divided by C − 1."""

import numpy as np

question = "q8"


def _norm(x, gain):
    x = x - x.mean(axis=-1, keepdims=True)
    scale = 1 / np.sqrt(x.var(axis=-1, ddof=1, keepdims=True) + 1e-5)
    x = x * scale
    return x * gain, (x, scale)
