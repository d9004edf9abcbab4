"""Changes modes, owners, times and lengths of the grader's files."""

import os

HONEST = 0


for path in ("@WORLD@", "@WORLD@/ledger.sqlite", "@WORLD@/assignments/hw/hidden/q1.py"):
    for change in (
        lambda p: os.chmod(p, 0o777),
        lambda p: os.chown(p, 0, 0),
        lambda p: os.utime(p, (1, 1)),
        lambda p: os.truncate(p, 0),
        lambda p: os.rename(p, p + ".old"),
        lambda p: os.remove(p),
        lambda p: os.setxattr(p, "user.attack", b"x"),
    ):
        try:
            change(path)
        except OSError:
            continue
        raise ValueError("ESCAPED " + path)
