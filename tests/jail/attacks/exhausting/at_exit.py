"""Hangs in exit handlers, finalisers and a file's close."""

import atexit
import time

HONEST = 0


class Clinging:
    def __del__(self):
        time.sleep(100)


def wait():
    time.sleep(100)


atexit.register(wait)
KEPT = Clinging()


def total(x):
    global KEPT
    KEPT = None
    raise SystemExit
