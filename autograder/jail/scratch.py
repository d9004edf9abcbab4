"""The scratch folder of one worker: how full it is, and its removal, whatever was put there."""

from __future__ import annotations

import contextlib
import os
import stat

MAX_DEPTH = 64  # of folders in folders; nothing honest goes deeper, and each look walks it all


def over(folder: str, megabytes: int, files: int) -> bool:
    """Whether the folder holds more bytes on disk or more entries than allowed."""
    used, count, todo = 0, 0, [(folder, 0)]
    while todo:
        path, depth = todo.pop()
        if depth > MAX_DEPTH:
            return True
        try:
            entries = os.scandir(path)
        except OSError:
            count += 1  # closed to us, or a path too long to be honest
            continue
        with entries:
            for entry in entries:
                count += 1
                with contextlib.suppress(OSError):
                    used += entry.stat(follow_symlinks=False).st_blocks * 512
                    if entry.is_dir(follow_symlinks=False):
                        todo.append((entry.path, depth + 1))
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

    One descriptor walks down and up again, so neither paths nor the stack grow with the depth. All
    processes that could interfere are dead by now.
    """
    with contextlib.suppress(OSError):
        os.chmod(folder, 0o700)
        here = os.open(folder, _FOLDER)
        try:
            waiting = [_empty_of_files(here)]  # names of folders still to be removed, per level
            while waiting[0] or len(waiting) > 1:
                if waiting[-1]:
                    name = waiting[-1][-1]
                    os.chmod(name, 0o700, dir_fd=here)
                    here = _move(here, name)
                    waiting.append(_empty_of_files(here))
                else:
                    waiting.pop()
                    here = _move(here, "..")
                    os.rmdir(waiting[-1].pop(), dir_fd=here)
        finally:
            os.close(here)
        os.rmdir(folder)


_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)


def _move(here: int, name: str) -> int:
    there = os.open(name, _FOLDER, dir_fd=here)
    os.close(here)
    return there


def _empty_of_files(folder: int) -> list[str]:
    """Remove everything but folders, whose names are returned."""
    folders = []
    for entry in list(os.scandir(folder)):
        if entry.is_dir(follow_symlinks=False):
            folders.append(entry.name)
        else:
            os.unlink(entry.name, dir_fd=folder)
    return folders
