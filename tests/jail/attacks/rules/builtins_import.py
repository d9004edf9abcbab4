"""Uses __import__ and sys.modules."""

import numpy as np
import sys

HONEST = 0


def product(a, b):
    __import__("numpy.core")
    return vars(sys.modules["num" + "py"])["mat" + "mul"](a, b)
