"""Leaves a daemon behind that would rewrite the results later."""

import os
import time

HONEST = 0


def daemonise():
    try:
        if os.fork():
            return
        os.setsid()
        if os.fork():
            os._exit(0)
    except OSError:
        return
    for _ in range(600):
        with open("/tmp/attack-left-daemon", "w") as file:
            file.write("here")
        time.sleep(0.1)
    os._exit(0)


daemonise()


def total(x):
    daemonise()
