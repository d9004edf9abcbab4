"""Asks the kernel to do system calls for it: io_uring, bpf, userfaultfd, perf."""

import ctypes

HONEST = 0
NEEDS = "seccomp"


libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
room = ctypes.create_string_buffer(256)
for name, number, args in (
    ("io_uring_setup", 425, (8, room)),
    ("bpf", 321, (0, room, 64)),
    ("perf_event_open", 298, (room, 0, -1, -1, 0)),
    ("userfaultfd", 323, (1,)),
    ("add_key", 248, (b"user", b"attack", b"x", 1, -3)),
    ("fanotify_init", 300, (0, 0)),
    ("init_module", 175, (room, 8, b"")),
    ("fsopen", 430, (b"tmpfs", 0)),
    ("x32 getpid", 0x40000000 + 39, ()),
):
    if libc.syscall(number, *args) >= 0:
        raise ValueError("ESCAPED " + name)
