"""A zip of some hundred bytes that unpacks to a gigabyte in one step."""

import zipfile

HONEST = 0


def build(folder):
    path = folder / "mallory.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_BZIP2) as archive:
        with archive.open("hw.py", "w", force_zip64=True) as file:
            for _ in range(400):
                file.write(bytes(1 << 20))
    return path
