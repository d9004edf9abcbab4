"""Gets the function by attrgetter."""

import numpy as np
from operator import attrgetter

HONEST = 0


STORED = attrgetter("dot")


def product(a, b):
    return STORED(np)(a, b)
