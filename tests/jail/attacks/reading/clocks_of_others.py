"""Reads the processor time of other processes, which tells what they do."""

import time

HONEST = 3


def total(x):
    for process in range(1, 200_000):
        clock = (~process << 3) | 2
        try:
            time.clock_gettime(clock)
        except OSError:
            continue
        raise ValueError(f"ESCAPED the clock of process {process}")
    return float(sum(x))
