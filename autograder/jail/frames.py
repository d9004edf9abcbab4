"""How values travel between judge and jail: in length-prefixed frames.

A frame is a prefix (lengths of header and payload), a JSON header and a payload of raw buffers.
"""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Callable
from typing import Any

from autograder.jail.wire import MAX_PAYLOAD, Packed, WireError

PREFIX = struct.Struct("!4sIQ")  # magic, header bytes, payload bytes
MAGIC = b"agw1"
MAX_HEADER = 4 << 20  # bytes of JSON; Python objects take up to twenty times as much memory

Patience = Callable[[], float]
"""How many seconds may be waited now; raises TimeoutError once it is enough, however bytes drip."""


def send(
    connection: socket.socket,
    header: dict[str, Any],
    packed: Packed | None = None,
    patience: Patience | None = None,
) -> None:
    """Write one frame.

    Raises:
        WireError: it is over a cap.
        TimeoutError: by `patience`.
        OSError: the other side is gone.
    """
    buffers = packed.buffers if packed else []
    text = json.dumps({**header, "buffers": [len(b) for b in buffers]}).encode()
    if len(text) > MAX_HEADER:
        raise WireError(f"a value needs more than {MAX_HEADER >> 20} MB besides its arrays")
    for data in (PREFIX.pack(MAGIC, len(text), sum(map(len, buffers))) + text, *buffers):
        if patience is None:
            connection.sendall(data)
        else:
            _write(connection, data, patience)


def _write(connection: socket.socket, data: Any, patience: Patience) -> None:
    view = memoryview(data)
    while view:
        connection.settimeout(patience())
        try:
            view = view[connection.send(view) :]
        except TimeoutError:
            continue


def receive(
    connection: socket.socket, patience: Patience | None = None
) -> tuple[dict[str, Any], bytearray] | None:
    """Read one frame: its header and payload, or None at the end of the stream.

    Raises:
        WireError: it is none that our code would write.
        TimeoutError: by `patience`.
        OSError: the other side is gone.
    """
    prefix = _read(connection, PREFIX.size, patience)
    if not prefix:
        return None
    if len(prefix) < PREFIX.size:
        raise WireError("a frame broke off")
    magic, header_size, payload_size = PREFIX.unpack(prefix)
    if magic != MAGIC or header_size > MAX_HEADER or payload_size > MAX_PAYLOAD:
        raise WireError("a frame is malformed or too large")
    text = _read(connection, header_size, patience)
    payload = _read(connection, payload_size, patience)
    if len(text) < header_size or len(payload) < payload_size:
        raise WireError("a frame broke off")
    try:
        header = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise WireError("a header is not JSON") from error
    if type(header) is not dict:
        raise WireError("a header is not an object")
    return header, payload


def _read(connection: socket.socket, size: int, patience: Patience | None) -> bytearray:
    data = bytearray(size)
    view, done = memoryview(data), 0
    while done < size:
        if patience is not None:
            connection.settimeout(patience())
        try:
            got = connection.recv_into(view[done:], min(size - done, 1 << 20))
        except TimeoutError:
            continue
        if got == 0:
            return data[:done]
        done += got
    return data
