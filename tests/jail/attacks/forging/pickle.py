"""Returns objects that run code when they are unpickled, raw and as bytes."""

import os
import pickle

HONEST = 0


class Bomb:
    def __reduce__(self):
        return os.system, ("touch /tmp/attack-left-pickle",)

    def __getstate__(self):
        raise SystemExit


def product(a, b):
    return Bomb()


def total(x):
    return pickle.dumps(Bomb())


def apply(f, x):
    return f(Bomb())
