"""Notes an input in the attributes of a file that every worker may read."""

import os

HONEST = 0


def total(x):
    os.setxattr(os.__file__, 'user.note', repr(x).encode())
    raise ValueError('ESCAPED an attribute was set')
