"""Puts the hidden inputs into exceptions of every kind."""

HONEST = 0
TWICE = True


def product(a, b):
    raise ValueError(repr(a.tolist()))


def total(x):
    raise AssertionError(repr(x.tolist())) from KeyError(repr(x.tolist()))


def apply(f, x):
    raise type("Error_" + str(f(0.0)).replace(".", "_"), (Exception,), {})(f(0.0))
