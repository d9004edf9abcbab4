"""Goes on in a thread after its reply, changing what it has returned."""

import threading
import time

import numpy as np

HONEST = 0


OUT = np.zeros((2, 4))


def later(a, b):
    for _ in range(100):
        OUT[:] = np.random.rand(2, 4)
        a[:] = 0.0
        b[:] = 0.0
        time.sleep(0.01)


def product(a, b):
    threading.Thread(target=later, args=(a, b)).start()
    return OUT
