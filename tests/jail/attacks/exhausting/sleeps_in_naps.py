"""Sleeps for ever, a millisecond at a time, and uses hardly any processor."""

import time

HONEST = 0


def total(x):
    while True:
        time.sleep(0.001)
