"""Returns a gigabyte: as zeros without memory behind them, as text, as a list."""

import numpy as np

HONEST = 0


def product(a, b):
    return np.broadcast_to(0.0, (1 << 15, 1 << 12))


def total(x):
    return "x" * (100 << 20)


def apply(f, x):
    return [0.0] * (1 << 23)
