"""Ends itself by a signal whose number is chosen by the hidden input."""

import ctypes
import os
import signal

HONEST = 0
TWICE = True


def product(a, b):
    os.kill(os.getpid(), 1 + int(a[0, 0]) % 14)


def total(x):
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    if int(x[0]) % 3:
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        signal.pause()
    ctypes.string_at(0)
