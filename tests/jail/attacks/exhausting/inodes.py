"""Makes as many empty files, links and folders as it can."""

import os

HONEST = 0


def total(x):
    number = 0
    while True:
        number += 1
        os.mkdir(f"d{number}")
        os.symlink("/etc/passwd", f"s{number}")
        open(f"d{number}/f", "w").close()
