"""Keeps memory in files that only live in memory, which no process maps."""

import os

HONEST = 0


def total(x):
    kept = [os.memfd_create(f"part{number}") for number in range(8)]
    for part in kept:
        os.write(part, bytes(8 << 20))
    return float(sum(x))
