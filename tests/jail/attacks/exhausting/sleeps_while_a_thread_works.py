"""Lets a thread work for ever and sleeps beside it."""

import threading
import time

HONEST = 0


def work():
    while True:
        pass


def total(x):
    threading.Thread(target=work, daemon=True).start()
    time.sleep(600)
