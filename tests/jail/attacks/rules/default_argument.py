"""Keeps np.dot in the default of a parameter."""

import numpy as np

HONEST = 0


def helper(a, b, f=np.dot):
    return f(a, b)


def product(a, b):
    return helper(a, b)
