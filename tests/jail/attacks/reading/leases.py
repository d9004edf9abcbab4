"""Takes a lease on a library, and so learns when others open it."""

import fcntl
import os

HONEST = 0


def total(x):
    file = os.open(os.__file__, os.O_RDONLY)
    fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    raise ValueError('ESCAPED a lease')
