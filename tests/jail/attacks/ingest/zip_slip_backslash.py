"""A zip with a path that leads out of it on another system."""

import zipfile

HONEST = 0


def build(folder):
    path = folder / "mallory.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hw.py", b"def total(x):\n    return float(sum(x))\n")
        archive.writestr("..\\..\\attack-left", "here")
    return path
