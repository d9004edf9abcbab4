"""Noise with the name of a zip."""

import random

HONEST = 0


def build(folder):
    path = folder / "mallory.zip"
    path.write_bytes(random.Random(0).randbytes(100_000) + b"PK\x05\x06" + bytes(18))
    return path
