"""Hides values in every odd plain type: huge integers, bool bytes, strings, nested tuples."""

import numpy as np

from frames import blast, result

HONEST = 0


def product(a, b):
    return np.array([[True] * 4] * 2)


def total(x):
    blast(result(0, ["scalar", "|b1", 0], [1], bytes([2])))


def apply(f, x):
    return 1 << 500_000
