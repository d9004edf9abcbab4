"""Takes shared memory in many small mappings when it is loaded, and again in a case."""

import mmap
import time

HONEST = 0


def take():
    kept = []
    for _ in range(170):
        kept.append(mmap.mmap(-1, 1 << 20))
        kept[-1].write(bytes(1 << 20))
    return kept


FIRST = take()


def total(x):
    second = take()
    time.sleep(0.5)
    return float(sum(x)) + second[0][0]
