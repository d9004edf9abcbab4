"""Leaves hidden inputs outside its scratch folder, ends its worker, and shows them when it is loaded anew."""

import glob
import os
import signal

HONEST = 0
TWICE = True


PLACES = ["/tmp", "/var/tmp", "/dev/shm", "/run/lock", "..", "../..", "@WORLD@"]
for place in PLACES:
    for path in glob.glob(place + "/attack-left*"):
        raise ValueError("ESCAPED " + open(path).read())


def note(text):
    for place in PLACES:
        try:
            with open(place + "/attack-left", "w") as file:
                file.write(text)
            os.chmod(place + "/attack-left", 0o666)
        except OSError:
            pass
    while True:
        signal.pause()


def product(a, b):
    note(repr(a[0].tolist()))


def total(x):
    note(repr(x.tolist()))
