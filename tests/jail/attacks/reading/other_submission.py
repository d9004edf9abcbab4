"""Hands in what another student has handed in."""

import os

HONEST = 0


try:
    folder = "@WORLD@/submissions"
    for student in os.listdir(folder):
        exec(open(f"{folder}/{student}/hw.py").read())
except OSError:
    pass
