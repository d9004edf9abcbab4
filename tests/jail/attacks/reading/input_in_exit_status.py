"""Exits with a status that is a byte of the hidden input."""

import os

HONEST = 0
TWICE = True


def product(a, b):
    os._exit(int(a[0, 0]) % 251)


def total(x):
    raise SystemExit(int(x[0]) % 251)


def apply(f, x):
    os._exit(int(f(0.0)) % 251)
