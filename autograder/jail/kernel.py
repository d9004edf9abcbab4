"""System calls that Python's `os` does not offer, through the C library."""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long

X86_64 = platform.machine() == "x86_64"
KNOWN_MACHINE = platform.machine() in ("x86_64", "aarch64")

PR_SET_PDEATHSIG = 1
PR_SET_NO_NEW_PRIVS = 38
PR_SET_CHILD_SUBREAPER = 36
PR_CAPBSET_DROP = 24
SIGKILL = 9
_MADV_COLLAPSE, _LARGE_PAGE = 25, 2 << 20  # bytes


def syscall(number: int, *args: int | ctypes.Array[ctypes.c_char] | None) -> int:
    """Make a system call. Raises OSError with its errno."""
    wide = [ctypes.c_long(a) if isinstance(a, int) else a for a in args]
    result = int(_libc.syscall(ctypes.c_long(number), *wide))
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result


def prctl(option: int, value: int = 0) -> None:
    """prctl(2) with one argument. Raises OSError."""
    syscall(157 if X86_64 else 167, option, value, 0, 0, 0)


def use_large_pages() -> None:
    """Have the kernel put what this process has written so far into large pages, where it can.

    A fork copies an entry for each page: 2 ms instead of 8 for a process that has imported torch,
    and it ends as much sooner. What a fork then writes is still copied by small pages. Needs Linux
    6.1; otherwise, or where memory is too scattered, nothing changes.
    """
    with open("/proc/self/maps") as file:
        areas = [line.split() for line in file]
    for span, access, _, _, _, *name in areas:
        if access[1] != "w" or access[3] != "p" or name not in ([], ["[heap]"]):
            continue
        start, end = (int(address, 16) for address in span.split("-"))
        start += -start % _LARGE_PAGE
        if start + _LARGE_PAGE <= end:
            length = (end - start) // _LARGE_PAGE * _LARGE_PAGE
            with contextlib.suppress(OSError):
                syscall(28 if X86_64 else 233, start, length, _MADV_COLLAPSE)


def unshare(flags: int) -> None:
    """unshare(2): leave the namespaces named by `flags`. Raises OSError."""
    syscall(272 if X86_64 else 97, flags)


def mount(source: str, target: str, kind: str, flags: int, data: str = "") -> None:
    """mount(2). Raises OSError."""
    raw = [ctypes.create_string_buffer(os.fsencode(s)) for s in (source, target, kind, data)]
    syscall(165 if X86_64 else 40, raw[0], raw[1], raw[2], flags, raw[3])


def unmount(target: str, flags: int) -> None:
    """umount2(2). Raises OSError."""
    syscall(166 if X86_64 else 39, ctypes.create_string_buffer(os.fsencode(target)), flags)


def pivot_root(new: str, old: str) -> None:
    """pivot_root(2). Raises OSError."""
    raw = [ctypes.create_string_buffer(os.fsencode(s)) for s in (new, old)]
    syscall(155 if X86_64 else 41, raw[0], raw[1])


def drop_capabilities() -> None:
    """Give up every capability, also those that a later exec could restore. Raises OSError."""
    for capability in range(64):
        try:
            prctl(PR_CAPBSET_DROP, capability)
        except OSError:
            break  # past the last one, or not allowed to: then there is nothing to drop
    header = ctypes.create_string_buffer(bytes.fromhex("22050820") + bytes(4), 8)  # version 3, self
    syscall(126 if X86_64 else 91, header, ctypes.create_string_buffer(24))


def close_all_but(keep: set[int]) -> None:
    """Close every open file descriptor that is not in `keep`."""
    start = 0
    for fd in sorted(keep):
        if start < fd:  # an empty range would mean everything
            os.closerange(start, fd)
        start = fd + 1
    os.closerange(start, 1 << 20)
