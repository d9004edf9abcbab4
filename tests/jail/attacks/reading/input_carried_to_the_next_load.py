"""Leaves hidden inputs outside its scratch folder and shows them when it is loaded anew."""

import glob
import os

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
    raise ValueError(text)


def product(a, b):
    note(repr(a[0].tolist()))


def total(x):
    note(repr(x.tolist()))
