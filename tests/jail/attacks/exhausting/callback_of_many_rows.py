"""Hands a function forty megabytes of half precision, which its arithmetic widens."""

import numpy as np

HONEST = 0


def apply(f, x):
    return f(np.ones(20 << 20, dtype=np.float16).astype('>f2').view('u1')) and f(x)
