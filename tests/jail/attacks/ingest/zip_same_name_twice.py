"""A zip with the same name twice: which one was looked at?"""

import warnings
import zipfile

HONEST = 0


def build(folder):
    path = folder / "mallory.zip"
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("hw.py", b"x = 1\n")
        archive.writestr("hw.py", b"x = 2\n")
    return path
