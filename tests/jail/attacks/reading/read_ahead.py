"""Brings a part of a library's file into the cache, for others to find it fast."""

import ctypes
import os

HONEST = 0


libc = ctypes.CDLL(None, use_errno=True)


def total(x):
    file = os.open(os.__file__, os.O_RDONLY)
    if libc.readahead(file, 0, 4096) == 0:
        raise ValueError('ESCAPED read ahead')
    raise ValueError('no')
