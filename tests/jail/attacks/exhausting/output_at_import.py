"""Prints gigabytes while it is loaded."""

HONEST = 0


while True:
    print("x" * 100_000, flush=True)
