"""Calls clone by number: new namespaces, vfork, a thread group of its own."""

import ctypes
import os

HONEST = 0
NEEDS = "seccomp"


libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
for flags in (17, 0x10000000 | 17, 0x20000000 | 17, 0x40000000 | 17, 0x4000 | 17, 0x8000 | 17):
    pid = libc.syscall(56, flags, 0, 0, 0, 0)
    if pid == 0:
        os._exit(0)
    if pid > 0:
        raise ValueError(f"ESCAPED {flags:x}")
room = ctypes.create_string_buffer(88)
pid = libc.syscall(435, room, 88)
if pid == 0:
    os._exit(0)
if pid > 0:
    raise ValueError("ESCAPED clone3")
