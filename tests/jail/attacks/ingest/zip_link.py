"""A zip in which the homework is a symbolic link to the solution."""

import stat
import zipfile

HONEST = 0


def build(folder):
    path = folder / "mallory.zip"
    with zipfile.ZipFile(path, "w") as archive:
        entry = zipfile.ZipInfo("hw.py")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/home/ta/course/solutions/hw/hw.py")
    return path
