"""A zip that ends in the middle."""

import zipfile

HONEST = 0


def build(folder):
    path = folder / "mallory.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hw.py", b"def total(x):\n    return float(sum(x))\n" * 1000)
    path.write_bytes(path.read_bytes()[:-30])
    return path
