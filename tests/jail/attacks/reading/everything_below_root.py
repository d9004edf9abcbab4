"""Walks the whole file system for anything that looks like a test, a solution or a ledger."""

import os

HONEST = 0


def search():
    for folder, _, names in os.walk("/"):
        if folder.startswith(("/proc", "/sys")) or "site-packages" in folder:
            continue
        for name in names:
            if name in ("ledger.sqlite", "course.yml", "mallory.json"):
                yield os.path.join(folder, name)


for path in search():
    try:
        open(path).read(1)
    except OSError:
        continue
    raise ValueError("ESCAPED " + path)
