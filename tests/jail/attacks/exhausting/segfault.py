"""Reads address 0, jumps to it, and frees what is not its own."""

import ctypes

HONEST = 0


def product(a, b):
    ctypes.string_at(0)


def total(x):
    ctypes.CFUNCTYPE(None)(16)()


def apply(f, x):
    ctypes.CDLL(None).abort()
