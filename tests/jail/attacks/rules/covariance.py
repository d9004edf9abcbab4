"""Takes the product out of a function that needs it: np.cov."""

import numpy as np

HONEST = 0


def product(a, b):
    n, m = len(a), len(b[0])
    rows = np.vstack([a, b.T])
    rows = np.hstack([rows, -rows])
    return np.cov(rows, bias=True)[:n, n:] * len(b)
