"""Recurses without end, in Python and, the limit raised, in C."""

import sys

HONEST = 0


def product(a, b):
    return product(a, b)


def total(x):
    sys.setrecursionlimit(1 << 30)
    deep = []
    for _ in range(1_000_000):
        deep = [deep]
    return repr(deep)


def apply(f, x):
    deep = []
    for _ in range(100_000):
        deep = [deep]
    return deep
