"""Asks the kernel to drop a page of a mapped library from its cache."""

import mmap
import os

HONEST = 0


def total(x):
    file = os.open(os.__file__, os.O_RDONLY)
    view = mmap.mmap(file, 4096, prot=mmap.PROT_READ)
    for advice in (20, 21, mmap.MADV_WILLNEED):
        try:
            view.madvise(advice)
        except OSError:
            continue
        raise ValueError(f'ESCAPED advice {advice}')
    raise ValueError('no')
