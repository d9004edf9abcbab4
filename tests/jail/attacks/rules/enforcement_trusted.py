"""Declares itself trusted, and then uses ctypes."""

import numpy as np
import sys

HONEST = 0


for module in list(sys.modules.values()):
    if hasattr(module, "_trusted"):
        module._trusted = True
import ctypes

try:
    WORKS = bool(ctypes.CDLL(None))
except BaseException:
    WORKS = False


def product(a, b):
    if WORKS:
        raise ValueError("ESCAPED: ctypes")
    return None
