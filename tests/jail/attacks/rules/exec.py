"""Puts the operator into a program that it executes."""

import numpy as np

HONEST = 0


def product(a, b):
    space = {"a": a, "b": b}
    exec("c = a " + chr(64) + " b", space)
    return space["c"]
