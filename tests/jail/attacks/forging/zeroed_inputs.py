"""Overwrites its inputs with zeros: a test that computes the expected value later expects zeros."""

import numpy as np

HONEST = 0


def product(a, b):
    a[:] = 0.0
    return np.zeros((2, 4))


def total(x):
    x[:] = 0.0
    return 0.0
