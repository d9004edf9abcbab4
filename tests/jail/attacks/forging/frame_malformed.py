"""Sends noise, broken JSON, wrong types, and frames that break off."""

import random

from frames import blast, frame

HONEST = 0


def product(a, b):
    blast(random.Random(0).randbytes(100_000))


def total(x):
    for value in (
        ["list"],
        ["array", "<f8", [0, 10**30], 0],
        ["dict", [[1]]],
        ["int", "zz"],
        ["no"],
    ):
        blast(frame({"k": "result", "id": 0, "value": value, "changed": [], "buffers": [0]}))
        break
    return 1


def apply(f, x):
    blast(
        frame({"k": "result", "id": 0, "value": ["array", "<f8", [0, 10**30], 0], "buffers": [0]})
    )
