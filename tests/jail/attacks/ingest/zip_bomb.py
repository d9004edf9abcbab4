"""A zip of half a megabyte that unpacks to half a gigabyte."""

import zipfile

HONEST = 0


def build(folder):
    path = folder / "mallory.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("hw.py", "w", force_zip64=True) as file:
            for _ in range(512):
                file.write(bytes(1 << 20))
    return path
