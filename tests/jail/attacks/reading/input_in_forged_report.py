"""Tells the monitor that its process ended with a status: the hidden input."""

import os
import socket
import struct

from frames import sockets

HONEST = 0
TWICE = True


LINE = sockets(socket.SOCK_SEQPACKET)


def tell(number):
    for line in LINE:
        line.send(struct.pack("!ci", b"E", int(number)))
    os.closerange(3, 128)
    raise ValueError


def product(a, b):
    tell(a[0, 0])


def total(x):
    tell(x[0])


def apply(f, x):
    tell(f(0.0))
