"""Hands a function an integer of a hundred thousand bits."""

import math

HONEST = 0


def apply(f, x):
    return f(1 << 100_000) + math.pi
