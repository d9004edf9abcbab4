"""Ignores every signal and then never comes back."""

import signal

HONEST = 0


def total(x):
    for number in signal.valid_signals():
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    while True:
        pass
