"""Takes all the memory it can get, and touches it."""

HONEST = 0


def take():
    kept = []
    while True:
        kept.append(bytearray(b"x") * (16 << 20))


def product(a, b):
    take()


def total(x):
    try:
        take()
    except MemoryError:
        return [0] * (1 << 40)
