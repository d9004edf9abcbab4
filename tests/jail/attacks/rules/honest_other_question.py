"""Honest: another question, without rules, uses what this one must not."""

import numpy as np

HONEST = 6


def total(x):
    return float(np.dot(x, np.ones(len(x))) + 0 * (x @ x))


def product(a, b):
    return np.array([[(row * column).sum() for column in b.T] for row in a])
