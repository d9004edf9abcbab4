"""Binds the method of an array at import and fills that array later."""

import numpy as np

HONEST = 0


BUFFER = np.zeros((2, 3))
TIMES = getattr(BUFFER, "do" + "t")


def product(a, b):
    BUFFER[:] = a
    return TIMES(b)
