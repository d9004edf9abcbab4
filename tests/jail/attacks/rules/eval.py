"""Puts the operator into a string that it evaluates."""

import numpy as np

HONEST = 0


def product(a, b):
    return eval("a " + chr(64) + " b")
