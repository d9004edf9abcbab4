"""Fills the disk with files that have no name any more."""

import os

HONEST = 0


LIMIT, CHUNK = 8 << 20, 7 << 20
kept, size = [], 0
try:
    for _ in range(40):
        file = open("gone", "wb")
        os.unlink("gone")
        file.write(b"x" * CHUNK)
        file.flush()
        kept.append(file)
        size += CHUNK
except OSError:
    pass
import time

time.sleep(0.5)
if size > 4 * LIMIT:
    raise ValueError("ESCAPED: more than four times the limit")
