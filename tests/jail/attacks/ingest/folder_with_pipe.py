"""A folder in which the homework is a pipe that nobody writes to."""

import os

HONEST = 0


def build(folder):
    path = folder / "mallory"
    path.mkdir()
    os.mkfifo(path / "hw.py")
    return path
