"""Announces frames of exabytes, and then sends nothing."""

import struct
import time

from frames import blast

HONEST = 0


def product(a, b):
    blast(struct.pack("!4sIQ", b"agw1", 0xFFFFFFFF, 1 << 63))


def total(x):
    blast(struct.pack("!4sIQ", b"agw1", 10, 64 << 20))
    time.sleep(10)


def apply(f, x):
    blast(struct.pack("!4sIQ", b"agw1", 4 << 20, 0) + b"[" * (4 << 20))
