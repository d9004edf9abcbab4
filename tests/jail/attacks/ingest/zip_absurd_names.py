"""A zip with names that are empty, endless, invisible, or full of control characters."""

import zipfile

HONEST = 0


def build(folder):
    path = folder / "mallory.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hw.py", b"def total(x):\n    return float(sum(x))\n")
        for name in ("a\nb", "\x1b[31m.txt", "x" * 5000, "a/" * 300 + "b", "\u202egnp.txt", "CON"):
            archive.writestr(name, b"x")
    return path
