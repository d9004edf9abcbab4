"""The judge's own memory while it looks at what a student's code returned.

A small value can become a large one in a test's arithmetic: a column, broadcast against a row. What
would take too much fails as that student's, and the class is graded on.
"""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager

from autograder.jail.errors import JailBroken


class TooMuchMemory(Exception):
    """What a submission returned cannot be looked at. The message is for the student."""


@contextmanager
def bounded_memory(megabytes: int) -> Iterator[None]:
    """Within, this process may take so much memory more than it has.

    Raises:
        TooMuchMemory: it wanted more.
        JailBroken: it has less than that left, by a limit that somebody else has set.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = _data() + (megabytes << 20)
    short = soft != resource.RLIM_INFINITY and soft < wanted
    if not short:
        resource.setrlimit(resource.RLIMIT_DATA, (wanted, hard))
    try:
        yield
    except MemoryError:
        if short:
            raise JailBroken("the grader may not take the memory that it needs") from None
        raise TooMuchMemory(
            "What your code returned takes more memory to look at than is allowed."
        ) from None
    finally:
        if not short:
            resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _data() -> int:
    """Bytes that this process has mapped for data."""
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[5]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 1 << 40  # another system, which counts in other ways or not at all
