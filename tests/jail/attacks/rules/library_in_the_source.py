"""Multiplies by a library that nobody named, imported where it is used."""

import numpy as np

HONEST = 0


def product(a, b):
    import mpmath

    out = mpmath.matrix(a.tolist()) * mpmath.matrix(b.tolist())
    return np.array(out.tolist(), dtype=float)
