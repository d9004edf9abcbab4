"""Takes a module of CPython's own tests, which can do anything."""

import importlib

HONEST = 0


def product(a, b):
    module = importlib.import_module('_testcapi')
    module.run_in_subinterp('import math')
    raise ValueError('ESCAPED another interpreter')
