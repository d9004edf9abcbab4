"""Honest: forbidden words in a comment, a string, a docstring and a name."""

import numpy as np

HONEST = 3


def product(a, b):
    """Does what np.dot(a, b) or a @ b would do."""
    # not np.dot, not np.einsum("ij,jk", a, b), not a @ b
    dot = "np.dot and @ and scipy"
    matmul = np.zeros((len(a), len(b[0])))
    for i, j in np.ndindex(*matmul.shape):
        inner = sum(x * y for x, y in zip(a[i], b[:, j]))
        matmul[i, j] = inner + 0 * len(dot)
    return matmul
