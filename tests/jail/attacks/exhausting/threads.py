"""Starts as many threads as it can; they all keep waking up."""

import threading
import time

HONEST = 0


def burn():
    while True:
        time.sleep(0.01)


threading.stack_size(65536)
count = 0
try:
    while count < 1000:
        threading.Thread(target=burn, daemon=True).start()
        count += 1
except RuntimeError:
    pass
if count > 500:
    raise ValueError("ESCAPED: more than 500 threads")
