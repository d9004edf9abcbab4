"""A zip whose LZMA data is noise."""

import zipfile

HONEST = 0


def build(folder):
    path = folder / "mallory.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("hw.py", b"x = 1\n" * 1000)
    data = bytearray(path.read_bytes())
    start = data.find(b"hw.py") + 14
    data[start : start + 7] = b"\xff" * 7
    path.write_bytes(data)
    return path
