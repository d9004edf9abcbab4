"""Files on disk: written whole or not at all, folders read in a fixed order, no link followed."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from pathlib import Path
from typing import BinaryIO

# What editors, interpreters and file managers leave behind is nobody's course material.
_LITTER = {"__pycache__", ".ipynb_checkpoints", ".pytest_cache", ".OTTER_LOG", ".DS_Store"}
_LITTER_SUFFIXES = (".pyc", ".pyo", "~", ".swp", ".tmp")


def write_atomic(path: Path, data: bytes, *, mode: int = 0o644) -> bool:
    """Write `data` to `path` so that a reader sees the old file or the new one, never a part.

    Folders are made as needed. Returns False if the file already had these contents.
    """
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, mode)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return True


def private_folder(path: Path) -> Path:
    """Make a folder that only its owner can look into, for what names students."""
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0o700)
    return path


class NotPlain(OSError):
    """There is something else than a file where one is looked for; `strerror` says what."""


def open_plain(path: Path) -> BinaryIO:
    """Open a file for reading that somebody else has put there.

    A link is not followed: it may lead to another person's file. A pipe or a device is not opened:
    reading it may wait for ever.

    Raises:
        NotPlain: it is no file.
        OSError: as `open` does.
    """
    _refuse_unless_file(path, os.lstat(path).st_mode)
    # What has been put in its place since is refused too; these flags are not there on Windows.
    careful = sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))
    try:
        handle = os.open(path, os.O_RDONLY | careful)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise NotPlain(error.errno, "it is a link", str(path)) from None
        raise
    try:
        _refuse_unless_file(path, os.fstat(handle).st_mode)
    except NotPlain:
        os.close(handle)
        raise
    return os.fdopen(handle, "rb")


def what_is(path: Path) -> str:
    """`file`, `folder`, or the kind of thing that is neither, such as `a named pipe`; not followed.

    Raises:
        OSError: there is nothing.
    """
    return _kind(os.lstat(path).st_mode)


def _refuse_unless_file(path: Path, mode: int) -> None:
    kind = _kind(mode)
    if kind != "file":
        a = "a folder" if kind == "folder" else kind
        raise NotPlain(errno.EINVAL, f"it is {a}, not a file", str(path))


def _kind(mode: int) -> str:
    kinds = {
        stat.S_IFREG: "file",
        stat.S_IFDIR: "folder",
        stat.S_IFLNK: "a link",
        stat.S_IFIFO: "a named pipe",
        stat.S_IFSOCK: "a socket",
    }
    return kinds.get(stat.S_IFMT(mode), "a device")


def read_tree(folder: Path) -> dict[str, bytes]:
    """All files below `folder` by relative POSIX path, sorted; caches and editor litter left out.

    A folder that does not exist has no files.
    """
    paths = (p.relative_to(folder) for p in folder.rglob("*") if p.is_file())
    kept = [p.as_posix() for p in paths if not _is_litter(p)]
    return {name: (folder / name).read_bytes() for name in sorted(kept)}


def _is_litter(path: Path) -> bool:
    return any(part in _LITTER or part.endswith(_LITTER_SUFFIXES) for part in path.parts)
