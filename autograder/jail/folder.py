"""Folders in `/tmp` that no killed process leaves behind for long: that of one jail, in which its
workers' scratch folders lie, and that of a class's unpacked submissions.

Who made it holds a lock on it as long as it lives. So a folder whose lock can be had is a dead
process's and is removed, whatever process ids say: another grader may live in another namespace.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import tempfile
import time

from autograder.jail import scratch

JAIL, CLASS = "autograder-jail-", "autograder-zip-"
_OPEN = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


class Folder:
    """A new folder, locked.

    Args:
        mode: of the folder; by default others may walk through it, not look into it.

    Attributes:
        path: where it is.
    """

    def __init__(self, prefix: str = JAIL, mode: int = 0o711) -> None:
        while True:
            self.path = tempfile.mkdtemp(prefix=prefix)
            self._lock = os.open(self.path, _OPEN)
            if _locked(self._lock) and os.path.isdir(self.path):
                break
            os.close(self._lock)  # taken for a dead one's before it was locked
        os.chmod(self.path, mode)

    def remove(self) -> None:
        """Remove it with everything in it. Raises nothing."""
        scratch.remove(self.path)
        with contextlib.suppress(OSError):
            os.close(self._lock)


def remove_dead(patience: float = 0.0) -> None:
    """Remove the folders whose makers were killed before they could.

    Args:
        patience: seconds for what came of a maker that has just ended: its monitors clean up too,
            and each may be in the other's way.
    """
    end = time.monotonic() + patience
    for name in os.listdir(tempfile.gettempdir()):
        path = os.path.join(tempfile.gettempdir(), name)
        with contextlib.suppress(OSError):
            if name.startswith((JAIL, CLASS)) and os.lstat(path).st_uid == os.getuid():
                lock = os.open(path, _OPEN)
                try:
                    if _locked(lock):
                        scratch.remove(path)
                        while os.path.isdir(path) and time.monotonic() < end:
                            time.sleep(0.02)
                            scratch.remove(path)
                finally:
                    os.close(lock)


def _locked(folder: int) -> bool:
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
