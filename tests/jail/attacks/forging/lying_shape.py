"""Returns objects with a shape, a dtype and an array interface that are lies."""

import numpy as np

HONEST = 0


class Lie:
    shape, dtype, ndim, size = (2, 4), np.dtype(float), 2, 8

    def __init__(self):
        self.asked = 0

    def __array__(self, dtype=None, copy=None):
        self.asked += 1
        return np.zeros((2, 4)) if self.asked > 1 else np.zeros(0)

    __array_interface__ = property(
        lambda self: {"shape": (2, 4), "typestr": "<f8", "data": (id(self), False), "version": 3}
    )

    def __len__(self):
        return 2

    def __float__(self):
        return 0.0


def product(a, b):
    return Lie()


def total(x):
    return Lie()
