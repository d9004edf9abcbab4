"""Calls the reflected slot through the type."""

import numpy as np

HONEST = 0


def product(a, b):
    return getattr(type(b), "__rmat" + "mul__")(b, a)
