"""Sends the monitor reports that nobody would send: other letters, other sizes."""

import random
import socket

from frames import sockets

HONEST = 0


for line in sockets(socket.SOCK_SEQPACKET):
    for data in (b"", b"Q", b"L", b"C", b".", b"R" * 5, b"X" * 5, b"." * 5, b"y" * 60_000):
        try:
            line.send(data)
        except OSError:
            pass
    line.send(random.Random(1).randbytes(4000))


def total(x):
    return 0.0
