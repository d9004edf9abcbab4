"""A folder with file names that are not text."""

import os

HONEST = 0
ANY = "0 or 3"


def build(folder):
    path = folder / "mallory"
    path.mkdir()
    (path / "hw.py").write_bytes(b"def total(x):\n    return float(sum(x))\n")
    for name in (b"\xff\xfe.txt", b"\xed\xa0\x80.csv", b"new\nline", "ü".encode() * 100):
        with open(os.path.join(os.fsencode(path), name), "wb") as file:
            file.write(b"x")
    return path
