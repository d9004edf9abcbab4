"""What an honest student hands in: 8 points."""

import numpy as np


def product(a, b):
    n, m = len(a), len(b[0])
    return np.array([[sum(a[i] * b[:, j]) for j in range(m)] for i in range(n)])


def total(x):
    return float(sum(x))


def apply(f, x):
    if f is None:
        raise ValueError("f is None")
    return f(x)


class Counter:
    count = 0

    def step(self):
        self.count += 1
