"""Makes the monitor believe that a case has ended, and keeps its process at work."""

import os
import socket
import struct
import threading
import time

from frames import sockets

HONEST = 0


LINE = sockets(socket.SOCK_SEQPACKET)


def work():
    for _ in range(300):
        with open(f"alive-{os.getpid()}", "w") as file:
            file.write(str(time.time()))
        time.sleep(0.01)


def stay(*args):
    threading.Thread(target=work).start()
    for line in LINE:
        line.send(struct.pack("!ci", b"E", 0))
    now = time.time()
    alive = [n for n in os.listdir(".") if n.startswith("alive-")]
    alive = [n for n in alive if now - os.stat(n).st_mtime < 0.05]
    if len(alive) > 2:
        raise ValueError("ESCAPED: three cases at once")
    return 0.0


product = total = apply = stay
