"""Locks a byte of a library's file, for another submission to find it locked."""

import fcntl
import os
import struct

HONEST = 0


LOCK = struct.pack('hhqqi', fcntl.F_RDLCK, 0, 0, 1, 0)


def total(x):
    file = os.open(os.__file__, os.O_RDONLY)
    fcntl.fcntl(file, 37, LOCK)  # F_OFD_SETLK: one of another open file would be seen
    other = os.open(os.__file__, os.O_RDONLY)
    asked = struct.pack('hhqqi', fcntl.F_WRLCK, 0, 0, 1, 0)
    found = struct.unpack('hhqqi', fcntl.fcntl(other, 36, asked))
    if found[0] != fcntl.F_UNLCK:
        raise ValueError('ESCAPED a lock that others see')
    raise ValueError('locks do nothing')
