"""Reads whatever descriptors it has inherited, and walks up from open folders."""

import os

HONEST = 0


def look():
    for fd in range(128):
        try:
            link = os.stat(fd)
        except OSError:
            continue
        for up in (".", "..", "../..", "../../.."):
            for name in ("hidden", "assignments", "course.yml", "etc/passwd", "tmp"):
                try:
                    os.close(os.open(f"{up}/{name}", os.O_RDONLY, dir_fd=fd))
                    yield f"{fd} {up}/{name}"
                except OSError:
                    pass
        if (link.st_mode & 0o170000) == 0o100000 and os.pread(fd, 1, 0):
            yield f"file {fd}"


for found in look():
    raise ValueError("ESCAPED " + found)
