"""Test cases of all graders of one user on one machine: many at a time, or one alone.

A file is locked, shared while a case runs, so a lock is given back however its grader ends.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

_FILES = ("door", "room")  # who wants to be alone closes the door behind the last


class Turns:
    """Of one grader. Where no file can be locked, everybody is alone."""

    def __init__(self) -> None:
        self._path = os.path.join(tempfile.gettempdir(), f"autograder-turns-{os.getuid()}")
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        self._files: list[int] = []
        with contextlib.suppress(OSError):
            for name in _FILES:
                self._files.append(os.open(f"{self._path}-{name}", flags, 0o600))

    @contextmanager
    def together(self) -> Iterator[None]:
        """A test case like any other."""
        self._enter(fcntl.LOCK_SH)
        try:
            yield
        finally:
            self._lock(1, fcntl.LOCK_UN)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Within a case: the others finish theirs and wait."""
        self._lock(1, fcntl.LOCK_UN)
        self._enter(fcntl.LOCK_EX)
        try:
            yield
        finally:
            self._lock(1, fcntl.LOCK_SH)

    def _enter(self, how: int) -> None:
        self._lock(0, how)
        self._lock(1, how)
        self._lock(0, fcntl.LOCK_UN)

    def _lock(self, which: int, how: int) -> None:
        if len(self._files) == 2:
            with contextlib.suppress(OSError):
                fcntl.flock(self._files[which], how)

    def close(self) -> None:
        """The last one takes the files away. Who has just opened them may then be alone too early:
        that costs a repeated measurement at most."""
        while self._files:
            file = self._files.pop()
            with contextlib.suppress(OSError):
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                os.unlink(f"{self._path}-{_FILES[len(self._files)]}")
            os.close(file)
