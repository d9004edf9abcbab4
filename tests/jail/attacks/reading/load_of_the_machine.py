"""Reads how busy the machine is, which tells what others do."""

import os

HONEST = 0


def total(x):
    for path in ('loadavg', 'stat', 'uptime', 'meminfo', 'vmstat', 'interrupts', 'locks'):
        try:
            open(f'/proc/{path}').close()
        except OSError:
            continue
        raise ValueError(f'ESCAPED {path}')
    return os.getloadavg()
