"""Never comes back from any call."""

import time

HONEST = 0


def product(a, b):
    while True:
        pass


def total(x):
    time.sleep(1000)


def apply(f, x):
    while True:
        f(x)
