"""Writes files everywhere but in its scratch folder."""

import os
import sys

HONEST = 0


for folder in (
    "/tmp",
    "/var/tmp",
    "/dev/shm",
    "/run/lock",
    "..",
    "../..",
    "@WORLD@",
    "@WORLD@/results",
    os.path.dirname(os.__file__),
    os.path.dirname(sys.executable),
    "/etc",
    "/",
):
    try:
        with open(folder + "/attack-left", "w") as file:
            file.write("here")
    except OSError:
        continue
    raise ValueError("ESCAPED " + folder)
