"""Run a program as less than root on a bare machine: `_as.py no-admin|container|nobody program …`.

no-admin   root without CAP_SYS_ADMIN; user namespaces may still be allowed
container  the same, and what makes namespaces or mounts fails, as in an ordinary Docker container
nobody     an ordinary user; folders that hide the interpreter from others (a root's home of mode
           0700) are replaced, in a mount namespace, by ones that show only the interpreter
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys
import tempfile
from pathlib import Path

from autograder.jail import kernel, namespaces

_SYS_ADMIN = 21
_NOBODY = 65534


def without_admin() -> None:
    kernel.prctl(kernel.PR_CAPBSET_DROP, _SYS_ADMIN)
    header = ctypes.create_string_buffer(bytes.fromhex("22050820") + bytes(4), 8)
    data = ctypes.create_string_buffer(24)
    get, set_ = (125, 126) if kernel.X86_64 else (90, 91)
    kernel.syscall(get, header, data)
    words = list(struct.unpack("=6I", data.raw))
    for i in range(3):
        words[i] &= ~(1 << _SYS_ADMIN)
    kernel.syscall(set_, header, ctypes.create_string_buffer(struct.pack("=6I", *words), 24))


def like_docker() -> None:
    """What Docker's filter refuses to a container without CAP_SYS_ADMIN."""
    numbers = (272, 165, 155, 166, 308) if kernel.X86_64 else (97, 40, 41, 39, 268)
    step = struct.Struct("=HBBI").pack
    code = [step(0x20, 0, 0, 0)]
    for number in numbers:  # unshare, mount, pivot_root, umount2, setns
        code += [step(0x15, 0, 1, number), step(0x06, 0, 0, 0x00050001)]
    code.append(step(0x06, 0, 0, 0x7FFF0000))
    program = ctypes.create_string_buffer(b"".join(code))
    packed = struct.pack("=HxxxxxxQ", len(code), ctypes.addressof(program))
    buffer = ctypes.create_string_buffer(packed, len(packed))
    kernel.syscall(317 if kernel.X86_64 else 277, 1, 0, buffer)
    without_admin()


def nobody(needed: list[Path]) -> None:
    kernel.unshare(namespaces.NEWNS)
    kernel.mount("none", "/", "", 16384 | (1 << 18))  # recursive, private
    for closed in _closed(needed):
        _show_only(closed, [p for p in needed if closed in p.parents])
    os.setgroups([])
    os.setresgid(_NOBODY, _NOBODY, _NOBODY)
    os.setresuid(_NOBODY, _NOBODY, _NOBODY)


def _closed(needed: list[Path]) -> list[Path]:
    """Outermost folders above `needed` that others may not walk through."""
    folders = {p for path in needed for p in path.parents if not p.stat().st_mode & 0o001}
    return [f for f in folders if not any(f != g and g in f.parents for g in folders)]


def _show_only(closed: Path, inside: list[Path]) -> None:
    with tempfile.TemporaryDirectory(prefix="attack-as-") as aside:
        kernel.mount("tmpfs", aside, "tmpfs", 0, "mode=755")
        for number, path in enumerate(inside):
            os.mkdir(f"{aside}/{number}")
            kernel.mount(str(path), f"{aside}/{number}", "", 4096)
        kernel.mount("tmpfs", str(closed), "tmpfs", 0, "mode=755")
        for number, path in enumerate(inside):
            path.mkdir(parents=True)
            kernel.mount(f"{aside}/{number}", str(path), "", 4096)
            kernel.unmount(f"{aside}/{number}", 2)
        kernel.unmount(aside, 2)


def main() -> None:
    """Change, then become the program."""
    mode, *command = sys.argv[1:]
    if mode == "no-admin":
        without_admin()
    elif mode == "container":
        like_docker()
    else:
        package = Path(__file__).resolve().parents[3]
        prefixes = (sys.prefix, sys.base_prefix, sys.exec_prefix, str(package))
        needed = {Path(os.path.realpath(p)) for p in prefixes}
        nobody([p for p in needed if not any(p != q and q in p.parents for q in needed)])
        os.environ["HOME"] = "/tmp"
    os.execv(command[0], command)


if __name__ == "__main__":
    main()
