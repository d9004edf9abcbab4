"""Floods the monitor with reports so that it looks at nothing else, and fills the disk."""

import socket
import struct
import threading
import time

from frames import sockets

HONEST = 0


LINE = sockets(socket.SOCK_SEQPACKET)


def flood():
    while LINE:
        try:
            LINE[0].send(struct.pack("!ci", b"E", 0))
        except OSError:
            return


threading.Thread(target=flood, daemon=True).start()
time.sleep(0.3)
for number in range(200):
    with open(f"f{number}", "wb") as file:
        file.write(b"x" * (1 << 20))
    if number == 100:
        time.sleep(0.5)
raise ValueError("ESCAPED: 200 MB in an 8 MB folder")
