"""Asks to survive its parent, to be a reaper of orphans, and to be traced by all."""

import ctypes
import os

HONEST = 0


libc = ctypes.CDLL(None, use_errno=True)
libc.prctl(1, 0, 0, 0, 0)
libc.prctl(36, 1, 0, 0, 0)
libc.prctl(0x59616D61, -1, 0, 0, 0)
libc.prctl(4, 1, 0, 0, 0)
if libc.prctl(38, 0, 0, 0, 0) == 0:
    raise ValueError("ESCAPED: privileges can be gained")


def total(x):
    try:
        os.setsid()
    except OSError:
        pass
    while True:
        pass
