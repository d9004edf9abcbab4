"""Raises its own limits again, and its priority."""

import os
import resource

HONEST = 0


for which in (resource.RLIMIT_DATA, resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE):
    try:
        resource.setrlimit(which, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    except (OSError, ValueError):
        continue
    raise ValueError("ESCAPED: a limit")
try:
    os.nice(-5)
except OSError:
    pass
else:
    raise ValueError("ESCAPED: a priority")
