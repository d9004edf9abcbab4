"""Calls the method by methodcaller."""

import numpy as np
from operator import methodcaller

HONEST = 0


def product(a, b):
    return methodcaller("dot", b)(a)
