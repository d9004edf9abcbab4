"""Leaves four threads waiting when it is loaded: a fork has none of them."""

import threading

HONEST = 3


WAIT = threading.Event()
for _ in range(4):
    threading.Thread(target=WAIT.wait, daemon=True).start()


def total(x):
    return float(sum(x))
