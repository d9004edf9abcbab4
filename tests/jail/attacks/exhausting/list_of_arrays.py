"""Returns ten thousand arrays instead of a number."""

import numpy as np

HONEST = 0


def total(x):
    return [np.ones(100) for _ in range(9_999)]
