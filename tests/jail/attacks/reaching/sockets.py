"""Makes a socket of every family and type, and connects."""

import socket

HONEST = 0


found = []
for family in range(46):
    for kind in (1, 2, 3, 5):
        try:
            one = socket.socket(family, kind)
        except OSError:
            continue
        try:
            if family == socket.AF_INET and kind == 2:
                one.connect(("192.0.2.1", 9))
                found.append("reached")
        except OSError:
            pass
try:
    socket.create_connection(("127.0.0.1", 22), 0.2)
    found.append("localhost")
except OSError:
    pass
if found:
    raise ValueError("ESCAPED: the network")
