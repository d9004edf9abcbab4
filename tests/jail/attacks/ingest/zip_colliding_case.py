"""A zip with two homeworks whose names differ in case only."""

import zipfile

HONEST = 0


def build(folder):
    path = folder / "mallory.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hw.py", b"x = 1\n")
        archive.writestr("HW.PY", b"x = 2\n")
        archive.writestr("Hw.py", b"x = 3\n")
    return path
