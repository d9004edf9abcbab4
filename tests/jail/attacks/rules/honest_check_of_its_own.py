"""Honest: the file checks itself with @ at the end; the question's function has a variable of that name."""

import numpy as np

HONEST = 3


def product(a, b):
    out = np.zeros((len(a), len(b[0])))
    for k in range(len(b)):
        expected = a[:, k, None] * b[k]
        out += expected
    return out


a, b = np.ones((2, 3)), np.ones((3, 2))
expected = a @ b
assert np.allclose(product(a, b), expected) and np.allclose(a.dot(b), expected)
