"""Hands a function of the test's truth values, of which its arithmetic makes eight times as much."""

import numpy as np

HONEST = 0


def apply(f, x):
    f(np.ones(60 << 20, dtype=bool))
    return f(x)
