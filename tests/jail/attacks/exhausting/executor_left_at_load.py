"""Leaves an executor alive when it is loaded and uses it in a test case."""

from concurrent.futures import ThreadPoolExecutor

HONEST = 3


POOL = ThreadPoolExecutor(2)
assert list(POOL.map(abs, [-1])) == [1]


def total(x):
    return float(sum(POOL.map(float, x)))
