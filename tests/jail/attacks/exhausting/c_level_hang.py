"""Stays in C code that looks at no signal: a regular expression, a power."""

import re

HONEST = 0


def product(a, b):
    return re.match(r"(a+)+$", "a" * 60 + "b")


def total(x):
    return 7 ** (10**9)
