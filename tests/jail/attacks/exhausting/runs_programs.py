"""Starts other programs by every door."""

import ctypes
import os
import subprocess
import sys

HONEST = 0


SHELLS = ["/bin/sh", "/usr/bin/env", sys.executable]


def start():
    for shell in SHELLS:
        for door in (os.spawnv, subprocess.Popen):
            try:
                if door is os.spawnv:
                    code = os.spawnv(os.P_WAIT, shell, [shell, "-c", "exit 3"])
                    found = code in (2, 3)
                else:
                    found = subprocess.Popen([shell, "-c", "exit 3"]).wait() in (2, 3)
            except OSError:
                continue
            if found:
                return shell
    return ctypes.CDLL(None).system(b"exit 3") >> 8 == 3


if start():
    raise ValueError("ESCAPED: a program ran")
