"""A zip with paths that lead out of it."""

import zipfile

HONEST = 0


def build(folder):
    path = folder / "mallory.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hw.py", b"def total(x):\n    return float(sum(x))\n")
        for name in (
            "../../attack-left",
            "/tmp/attack-left",
            "a/../../attack-left",
            "C:/attack-left",
        ):
            archive.writestr(name, "here")
    return path
