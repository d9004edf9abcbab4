"""Leaves by os._exit in a call."""

import os

HONEST = 0


def product(a, b):
    os._exit(0)


def total(x):
    os._exit(0)


def apply(f, x):
    os._exit(0)
