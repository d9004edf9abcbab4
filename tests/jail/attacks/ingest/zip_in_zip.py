"""A zip in a zip, with a folder called like the homework."""

import zipfile

HONEST = 3


def build(folder):
    inner, path = folder / "hw.py.zip", folder / "mallory.zip"
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("hw.py", b"def total(x):\n    return float(sum(x))\n")
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(inner, "hw.zip")
        archive.writestr("hw.py/", b"")
    return path
