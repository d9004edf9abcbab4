"""A zip with a device, a pipe and a socket in it."""

import stat
import zipfile

HONEST = 0


def build(folder):
    path = folder / "mallory.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hw.py", b"def total(x):\n    return float(sum(x))\n")
        for kind in (stat.S_IFCHR, stat.S_IFBLK, stat.S_IFIFO, stat.S_IFSOCK):
            entry = zipfile.ZipInfo(f"data{kind}")
            entry.external_attr = (kind | 0o666) << 16
            archive.writestr(entry, b"")
    return path
