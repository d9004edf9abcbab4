"""Spells the method of an array at run time."""

import numpy as np

HONEST = 0


def product(a, b):
    return getattr(a, "do" + "t")(b)
