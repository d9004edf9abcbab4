"""Writes a program to a memfd and runs it."""

import os
import sys

HONEST = 0


try:
    fd = os.memfd_create("program")
    os.write(fd, open(sys.executable, "rb").read(1 << 20))
    os.execve(fd, ["program"], {})
except (OSError, AttributeError):
    pass
