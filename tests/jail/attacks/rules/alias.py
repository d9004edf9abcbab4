"""Calls np.dot by another name, imported as another one."""

import numpy as np
from numpy import dot as plus

HONEST = 0


def product(a, b):
    times = plus
    return times(a, b)
