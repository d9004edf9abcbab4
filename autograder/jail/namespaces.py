"""Namespaces: a file system that holds the interpreter and nothing else, and no network.

Entered once by the zygote, after it has imported what it needs; every worker inherits them. They
need CAP_SYS_ADMIN, or a kernel that lets ordinary users make user namespaces; an ordinary
container offers neither, and the other layers have to hold there.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from autograder.jail import kernel

NEWNS, NEWUTS, NEWIPC, NEWUSER = 0x20000, 0x4000000, 0x8000000, 0x10000000
NEWPID, NEWNET = 0x20000000, 0x40000000
_READONLY, _NOSUID, _NODEV, _REMOUNT = 1, 2, 4, 32
_BIND, _RECURSIVE, _PRIVATE = 4096, 16384, 1 << 18
_DETACH = 2


def available() -> bool:
    """Whether this process can make namespaces here (tried in a child that is thrown away)."""
    child = os.fork()
    if child == 0:
        try:
            _enter()
            kernel.unshare(NEWPID)
            kernel.mount("none", "/", "", _RECURSIVE | _PRIVATE)
            os._exit(0)
        except BaseException:
            os._exit(1)
    return os.waitpid(child, 0)[1] == 0


def _enter() -> None:
    user, group = os.getuid(), os.getgid()
    flags = NEWNS | NEWNET | NEWIPC | NEWUTS
    try:
        kernel.unshare(flags)
    except PermissionError:
        if user == 0:  # a user namespace has one user, and workers need ids of their own
            raise
        kernel.unshare(flags | NEWUSER)
        _write("/proc/self/setgroups", "deny")
        _write("/proc/self/uid_map", f"{user} {user} 1")
        _write("/proc/self/gid_map", f"{group} {group} 1")


def _write(path: str, text: str) -> None:
    with open(path, "w") as file:
        file.write(text)


def enter(readable: Sequence[str], devices: Sequence[str], scratch_root: str) -> None:
    """Move this process into new namespaces with a root that holds only the given paths.

    Args:
        readable: files and folders, bound read-only at the same place.
        devices: device files, bound at the same place.
        scratch_root: a folder, bound writable at the same place; the new root is built in it.

    Raises:
        OSError: if the host does not allow it; the process must not go on then.
    """
    _enter()
    kernel.mount("none", "/", "", _RECURSIVE | _PRIVATE)
    new = os.path.join(scratch_root, "root")
    os.mkdir(new, 0o711)
    kernel.mount("tmpfs", new, "tmpfs", _NOSUID | _NODEV, "size=4m,mode=711")
    for path in _outermost(readable):
        _bind(path, new, _READONLY)
    for path in devices:
        _bind(path, new, 0)
    _bind(scratch_root, new, 0)
    old = os.path.join(new, ".old")
    os.mkdir(old)
    kernel.pivot_root(new, old)
    os.chdir("/")
    kernel.unmount("/.old", _DETACH)
    os.rmdir("/.old")
    kernel.mount("", "/", "", _REMOUNT | _BIND | _READONLY | _NOSUID | _NODEV)


def mount_scratch(folder: str, options: str) -> None:
    """Mount an empty file system in memory over `folder`."""
    kernel.mount("tmpfs", folder, "tmpfs", _NOSUID | _NODEV, options)


def unmount_scratch(folder: str) -> None:
    """Undo `mount_scratch`; what was in it is gone."""
    kernel.unmount(folder, _DETACH)


def _outermost(paths: Sequence[str]) -> list[str]:
    kept: list[str] = []
    for path in sorted(set(paths)):
        if os.path.exists(path) and not any(path.startswith(k + "/") for k in kept):
            kept.append(path)
    return kept


def _bind(path: str, new_root: str, flags: int) -> None:
    target = new_root + path
    if os.path.islink(path):  # /lib -> usr/lib
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.symlink(os.readlink(path), target)
        return
    os.makedirs(target if os.path.isdir(path) else os.path.dirname(target), exist_ok=True)
    if not os.path.isdir(path):
        open(target, "x").close()
    kernel.mount(path, target, "", _BIND)
    if flags:
        # In a user namespace the flags that the host has set must be kept when remounting.
        kept = _NOSUID | (0 if path.startswith("/dev/") else _NODEV)
        kernel.mount("", target, "", _BIND | _REMOUNT | flags | kept)
