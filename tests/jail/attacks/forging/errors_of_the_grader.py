"""Raises what looks like the grader's own exceptions, and the ones no `except` catches."""

import asyncio

HONEST = 0


class CheckFailed(AssertionError):
    pass


class Stopped(Exception):
    pass


def product(a, b):
    raise BaseExceptionGroup("many", [KeyboardInterrupt(), CheckFailed("passed")])


def total(x):
    raise asyncio.CancelledError


def apply(f, x):
    raise KeyboardInterrupt
