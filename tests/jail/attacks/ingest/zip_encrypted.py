"""A zip that says it is encrypted."""

import zipfile

HONEST = 0


def build(folder):
    path = folder / "mallory.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hw.py", b"def total(x):\n    return float(sum(x))\n")
    data = bytearray(path.read_bytes())
    data[data.find(b"PK\x01\x02") + 8] |= 1
    data[data.find(b"PK\x03\x04") + 6] |= 1
    path.write_bytes(data)
    return path
