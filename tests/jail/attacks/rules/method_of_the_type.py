"""Takes the method from type(a), where its instance is not seen."""

import numpy as np

HONEST = 0


def product(a, b):
    return vars(type(a))["dot"](a, b)
