"""The scratch folder of one worker: how full it is, and its removal, whatever was put there."""

from __future__ import annotations

import contextlib
import os


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


def remove(folder: str) -> None:
    """Remove the folder. Nothing is followed, and no nesting is too deep.

    Folders are moved up to the top before they are emptied, so no path ever gets long. All
    processes that could interfere are dead by now.
    """
    moved = 0
    while True:
        with contextlib.suppress(OSError):
            os.chmod(folder, 0o700)
        try:
            entries = list(os.scandir(folder))
        except OSError:
            return
        if not entries:
            break
        for entry in entries:
            if not entry.is_dir(follow_symlinks=False):
                os.unlink(entry.path)
                continue
            os.chmod(entry.path, 0o700)
            for inner in list(os.scandir(entry.path)):
                moved += 1
                if inner.is_dir(follow_symlinks=False):
                    os.chmod(inner.path, 0o700)
                    os.rename(inner.path, os.path.join(folder, f".{moved}.remove"))
                else:
                    os.unlink(inner.path)
            os.rmdir(entry.path)
    os.rmdir(folder)
