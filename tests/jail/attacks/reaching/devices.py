"""Makes device files and pipes and opens the devices of the host."""

import os
import stat

HONEST = 0


for name, mode, device in (
    ("disk", stat.S_IFBLK | 0o666, os.makedev(254, 0)),
    ("mem", stat.S_IFCHR | 0o666, os.makedev(1, 1)),
):
    try:
        os.mknod(name, mode, device)
        os.open(name, os.O_RDONLY)
    except OSError:
        continue
    raise ValueError("ESCAPED " + name)
for path in ("/dev/mem", "/dev/vda", "/dev/sda", "/dev/kmsg", "/dev/tty", "/dev/fuse", "/dev/kvm"):
    try:
        os.open(path, os.O_RDWR)
    except OSError:
        continue
    raise ValueError("ESCAPED " + path)
