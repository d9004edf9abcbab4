"""Leaves shared memory and message queues for the next submission."""

import ctypes

HONEST = 0
TWICE = True


libc = ctypes.CDLL(None, use_errno=True)
libc.shmat.restype = ctypes.c_void_p
KEY = 0xA77AC
found = libc.shmget(KEY, 4096, 0o666)
if found >= 0:
    address = libc.shmat(found, None, 0)
    raise ValueError("ESCAPED " + ctypes.string_at(address).decode())
made = libc.shmget(KEY, 4096, 0o1666)
if made >= 0:
    ctypes.memmove(libc.shmat(made, None, 0), b"left by another", 16)


def total(x):
    raise SystemExit
