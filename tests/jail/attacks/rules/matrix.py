"""Multiplies np.matrix with a star."""

import numpy as np

HONEST = 0


def product(a, b):
    return np.asarray(np.matrix(a) * np.matrix(b))
