"""Honest: what a case shares with the process it was forked from is held once, not twice."""

import mmap
import time

HONEST = 3

SHARED = mmap.mmap(-1, 160 << 20)
for at in range(0, 160 << 20, 4096):
    SHARED[at] = 1


def total(x):
    seen = sum(SHARED[at] for at in range(0, 160 << 20, 4096))
    time.sleep(0.2)  # the watch has looked by then
    return float(sum(x)) * (seen > 0)
