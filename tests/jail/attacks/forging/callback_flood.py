"""Calls the function it was given without end, with everything it can think of."""

import numpy as np

from frames import blast, frame

HONEST = 0


def apply(f, x):
    for token in (5, -1, True, None):
        blast(
            frame({"k": "callback", "token": token, "args": ["list", []], "kwargs": ["dict", []]})
        )
        break
    while True:
        for value in ("x" * 1000, 1 << 1000, np.zeros(1000), [], None):
            try:
                f(value)
            except RuntimeError:
                pass


class Counter:
    count = 0

    def step(self):
        pass
