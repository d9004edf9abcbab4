"""Uses the sum of products that Python 3.12 brought."""

import math
import numpy as np

HONEST = 0


def product(a, b):
    return np.array([[math.sumprod(row, column) for column in b.T] for row in a])
