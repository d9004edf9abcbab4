"""Prints gigabytes."""

import os

HONEST = 0


def product(a, b):
    while True:
        print("x" * 100_000, flush=True)


def total(x):
    while True:
        os.write(2, b"y" * 65536)
