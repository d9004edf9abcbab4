"""Landlock: which files the jail may read, and the one folder it may write. Needs no privilege."""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterable

from autograder.jail import kernel

_CREATE, _ADD_RULE, _RESTRICT = 444, 445, 446  # the same numbers on every machine
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_TRUNCATE, _MAKE_CHAR, _MAKE_SOCK, _MAKE_BLOCK = 1 << 14, 1 << 6, 1 << 9, 1 << 11
_ALL_BY_ABI = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}


def abi() -> int:
    """The Landlock version of this kernel; 0 if there is none."""
    try:
        return kernel.syscall(_CREATE, 0, 0, 1)
    except OSError:
        return 0


def ruleset(readable: Iterable[str], devices: Iterable[str], writable: Iterable[str]) -> int:
    """Make a ruleset and return its file descriptor.

    Args:
        readable: files and folders that may be read and mapped as libraries.
        devices: files that may be read and written.
        writable: folders in which files may be made, changed and removed; no devices or sockets.
    """
    version = abi()
    handled = _ALL_BY_ABI[max(v for v in _ALL_BY_ABI if v <= version)]
    attributes = struct.pack("=Q", handled)
    if version >= 4:
        attributes += struct.pack("=Q", 0b11)  # TCP bind and connect
    if version >= 6:
        attributes += struct.pack("=Q", 0b11)  # abstract sockets and signals stay inside
    buffer = ctypes.create_string_buffer(attributes, len(attributes))
    rules = kernel.syscall(_CREATE, buffer, len(attributes), 0)
    for path in readable:
        _allow(rules, path, _EXECUTE | _READ_FILE | _READ_DIR)
    for path in devices:
        _allow(rules, path, _READ_FILE | _WRITE_FILE)
    unwanted = _EXECUTE | _MAKE_CHAR | _MAKE_BLOCK | _MAKE_SOCK | (1 << 15)
    for path in writable:
        _allow(rules, path, handled & ~unwanted)
    return rules


def _allow(rules: int, path: str, access: int) -> None:
    try:
        target = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # what does not exist needs no permission
    try:
        if not os.path.isdir(path):
            access &= _EXECUTE | _WRITE_FILE | _READ_FILE
        rule = struct.pack("=Qi", access, target)
        kernel.syscall(_ADD_RULE, rules, 1, ctypes.create_string_buffer(rule, len(rule)), 0)
    finally:
        os.close(target)


def restrict(rules: int) -> None:
    """Confine this process and its children to the ruleset. Needs no_new_privs."""
    kernel.syscall(_RESTRICT, rules, 0)
