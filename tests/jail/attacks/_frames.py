"""What several attacks need, handed in beside them: the worker's sockets and raw frames."""

import json
import os
import socket
import stat
import struct


def sockets(kind):
    """The inherited sockets of that kind: SOCK_STREAM to the judge, SOCK_SEQPACKET to the monitor."""
    found = []
    for fd in range(3, 128):
        try:
            if stat.S_ISSOCK(os.fstat(fd).st_mode):
                one = socket.socket(fileno=os.dup(fd))
                if one.type == kind:
                    found.append(one)
        except OSError:
            pass
    return found


def frame(header, payload=b""):
    """A frame as the engine would write it; `header` may also be raw bytes."""
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("!4sIQ", b"agw1", len(text), len(payload)) + text + payload


def blast(data):
    """Write to the judge on every connection there is."""
    for one in sockets(socket.SOCK_STREAM):
        try:
            one.sendall(data)
        except OSError:
            pass


def result(number, value, lengths=(), payload=b"", changed=()):
    """A reply that says: this came back."""
    header = {
        "k": "result",
        "id": number,
        "value": value,
        "changed": list(changed),
        "buffers": list(lengths),
    }
    return frame(header, payload)
