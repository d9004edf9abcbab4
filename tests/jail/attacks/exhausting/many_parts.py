"""Returns as many small parts as the wire lets through."""

HONEST = 0


def total(x):
    return [[0] * 10] * 80_000


def apply(f, x):
    return [[0] * 10] * 80_000
