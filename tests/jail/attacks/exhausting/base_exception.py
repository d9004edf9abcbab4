"""Raises exceptions that `except Exception` does not catch."""

HONEST = 0


class Last(BaseException):
    def __str__(self):
        raise Last

    __repr__ = __str__


def product(a, b):
    raise Last


def total(x):
    raise GeneratorExit


raise Last
