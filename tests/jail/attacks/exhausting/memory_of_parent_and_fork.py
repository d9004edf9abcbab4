"""Takes as much shared memory when it is loaded as each process may, and as much again in a case."""

import mmap
import time

HONEST = 0


def take(megabytes):
    taken = mmap.mmap(-1, megabytes << 20)
    for at in range(0, megabytes << 20, 4096):
        taken[at] = 1
    return taken


FIRST = take(180)


def total(x):
    second = take(180)
    time.sleep(0.5)
    return float(sum(x)) * second[0]
