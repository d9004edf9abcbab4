"""Reads and writes what the kernel keeps for all of its processes."""

import glob

HONEST = 0


def total(x):
    for path in glob.glob('/proc/sys/*/*') + ['/proc/sys/kernel/random/entropy_avail']:
        try:
            open(path).close()
        except OSError:
            continue
        raise ValueError(f'ESCAPED {path}')
