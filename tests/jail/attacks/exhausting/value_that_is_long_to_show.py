"""Returns a list whose `repr` takes minutes and gigabytes, of one small array."""

import numpy as np

HONEST = 0


def apply(f, x):
    return [np.random.rand(1000)] * 1 + [SAME] * 20_000


SAME = np.random.rand(1000)


def total(x):
    return [SAME] * 20_000


def product(a, b):
    return {i: SAME for i in range(20_000)}
