"""Traces its parent, reads its memory and its descriptors."""

import ctypes
import os

HONEST = 0


libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
parent = os.getppid()
buffer = ctypes.create_string_buffer(8)


class Vector(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("size", ctypes.c_size_t)]


here = Vector(ctypes.addressof(buffer), 8)
there = Vector(id(parent), 8)
done = []
for pid in (parent, 1):
    done.append(libc.ptrace(16, pid, 0, 0))  # attach
    done.append(libc.ptrace(0x4206, pid, 0, 0))  # seize
    done.append(libc.process_vm_readv(pid, ctypes.byref(here), 1, ctypes.byref(there), 1, 0))
    fd = libc.syscall(434, pid, 0)  # pidfd_open
    done.append(libc.syscall(438, fd, 3, 0) if fd >= 0 else -1)  # pidfd_getfd
    done.append(libc.syscall(424, fd, 9, None, 0) if fd >= 0 else -1)  # pidfd_send_signal
if any(d >= 0 for d in done) and parent:
    raise ValueError(f"ESCAPED {done}")
