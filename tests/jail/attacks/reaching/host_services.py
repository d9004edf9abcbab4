"""Looks for the daemons of the host: Docker, D-Bus, abstract names."""

import socket

HONEST = 0


PATHS = ["/var/run/docker.sock", "/run/docker.sock", "/run/dbus/system_bus_socket", "\0/tmp/dbus"]
for path in PATHS:
    try:
        one = socket.socket(socket.AF_UNIX)
        one.connect(path)
    except OSError:
        continue
    raise ValueError("ESCAPED " + path)
try:
    one = socket.socket(socket.AF_UNIX)
    one.bind("/tmp/attack-left-socket")
except OSError:
    pass
else:
    raise ValueError("ESCAPED: a socket")
