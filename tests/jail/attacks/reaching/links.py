"""Reaches out through symbolic and hard links in its scratch folder."""

import os

HONEST = 0


for target in (
    "@WORLD@/ledger.sqlite",
    "/etc/shadow",
    "/tmp",
    "/root",
    "@WORLD@/solutions/hw/hw.py",
):
    for number, link in enumerate((os.symlink, os.link)):
        name = f"link{number}-{os.path.basename(target)}"
        try:
            link(target, name)
            found = os.listdir(name) if os.path.isdir(name) else open(name, "rb").read(1)
        except OSError:
            continue
        if found:
            raise ValueError("ESCAPED " + target)
os.symlink("/", "root")
os.symlink(".", "loop")
os.symlink("@WORLD@", "world")
