"""Answers with the numbers of other requests, also strange ones."""

from frames import blast, result

HONEST = 0


def product(a, b):
    blast(result(True, 0.0))


def total(x):
    blast(result(7, 0.0))


def apply(f, x):
    blast(result("0", 0.0))
