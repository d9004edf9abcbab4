"""Tries to become root or anybody else again."""

import ctypes
import os

HONEST = 0


mine = os.getresuid()
libc = ctypes.CDLL(None)
for door in (os.setuid, os.seteuid, os.setgid, os.setegid):
    for number in (0, 1, 1000):
        try:
            door(number)
        except OSError:
            pass
for door in (os.setresuid, os.setresgid):
    try:
        door(0, 0, 0)
    except OSError:
        pass
try:
    os.setgroups([0])
except OSError:
    pass
libc.setfsuid(0)
if os.getresuid() != mine:
    raise ValueError("ESCAPED: another uid")
try:
    open("/etc/shadow").read(1)
except OSError:
    pass
else:
    raise ValueError("ESCAPED: shadow")
