"""Multiplies polynomials, whose coefficients are products."""

import numpy as np

HONEST = 0


def product(a, b):
    out = np.zeros((len(a), len(b[0])))
    for i, x in enumerate(a):
        for j, y in enumerate(b.T):
            out[i, j] = np.polymul(x, y[::-1])[len(x) - 1]
    return out
