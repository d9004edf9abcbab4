"""The scratch folder of one worker: how full it is, and its removal, whatever was put there."""

from __future__ import annotations

import contextlib
import itertools
import os
import secrets
import stat


def over(folder: str, megabytes: int, files: int) -> bool:
    """Whether the folder holds more bytes on disk or more entries than allowed."""
    used, count, todo = 0, 0, [folder]
    while todo:
        try:
            entries = os.scandir(todo.pop())
        except OSError:
            count += 1  # closed to us, or a path too long to be honest
            continue
        with entries:
            for entry in entries:
                count += 1
                with contextlib.suppress(OSError):
                    used += entry.stat(follow_symlinks=False).st_blocks * 512
                    if entry.is_dir(follow_symlinks=False):
                        todo.append(entry.path)
                if count > files or used > megabytes << 20:
                    return True
    return count > files


def unlinked(proc: int, pids: list[int]) -> int:
    """Bytes on disk of files that these processes hold open although they were removed.

    Args:
        proc: descriptor of /proc.
    """
    seen: dict[tuple[int, int], int] = {}
    for pid in pids:
        with contextlib.suppress(OSError):
            fds = os.open(f"{pid}/fd", os.O_RDONLY | os.O_DIRECTORY, dir_fd=proc)
            try:
                for name in os.listdir(fds):
                    with contextlib.suppress(OSError):
                        info = os.stat(name, dir_fd=fds)
                        if stat.S_ISREG(info.st_mode) and info.st_nlink == 0:
                            seen[info.st_dev, info.st_ino] = info.st_blocks * 512
            finally:
                os.close(fds)
    return sum(seen.values())


def remove(folder: str) -> None:
    """Remove the folder. Nothing is followed, no nesting is too deep, and nothing is raised.

    Folders are moved up to the top before they are emptied, so no path ever gets long. All
    processes that could interfere are dead by now.
    """
    mark = secrets.token_hex(8)  # nobody can have made a file of that name in advance
    with contextlib.suppress(OSError):
        for turn in itertools.count():
            os.chmod(folder, 0o700)
            entries = list(os.scandir(folder))
            if not entries:
                break
            for number, entry in enumerate(entries):
                if entry.is_dir(follow_symlinks=False):
                    _flatten(entry.path, os.path.join(folder, f"{mark}.{turn}.{number}"))
                else:
                    os.unlink(entry.path)
        os.rmdir(folder)


def _flatten(folder: str, prefix: str) -> None:
    """Remove a folder's files and move its folders to `prefix` + a number."""
    os.chmod(folder, 0o700)
    for number, entry in enumerate(list(os.scandir(folder))):
        if entry.is_dir(follow_symlinks=False):
            os.chmod(entry.path, 0o700)
            os.rename(entry.path, f"{prefix}.{number}")
        else:
            os.unlink(entry.path)
    os.rmdir(folder)
