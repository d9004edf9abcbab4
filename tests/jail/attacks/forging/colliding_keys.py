"""Returns a dict whose keys all have the same hash."""

import sys

HONEST = 0


def total(x):
    modulus = sys.hash_info.modulus
    return {1 + i * modulus: i for i in range(20_000)}


def apply(f, x):
    modulus = sys.hash_info.modulus
    return {float(1 << 61) * 0 + 1 + i * modulus for i in range(20_000)}
