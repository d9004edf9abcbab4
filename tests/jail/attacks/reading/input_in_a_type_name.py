"""Returns objects whose class is called like the hidden input."""

HONEST = 0
TWICE = True


def strange(value):
    return type(str(value), (), {"__repr__": lambda self: str(value)})()


def product(a, b):
    return strange(a[0].tolist())


def total(x):
    return strange(x.tolist())


def apply(f, x):
    return [strange(f(0.0))]
