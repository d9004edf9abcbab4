"""Ignores the signal of the processor limit and works on."""

import signal

HONEST = 0


def total(x):
    signal.signal(signal.SIGXCPU, signal.SIG_IGN)
    while True:
        pass
