"""Has a signal interrupt whatever runs a thousand times a second."""

import signal

HONEST = 0


def late(number, frame):
    raise TimeoutError('late')


def total(x):
    signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
    while True:
        pass
