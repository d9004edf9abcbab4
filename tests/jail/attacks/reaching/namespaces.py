"""Makes namespaces of its own, in which it would be root."""

import ctypes

HONEST = 0


libc = ctypes.CDLL(None, use_errno=True)
USER, MOUNT = 0x10000000, 0x20000
if libc.unshare(USER) == 0 and libc.unshare(MOUNT) == 0:
    if libc.mount(b"none", b"/tmp", b"tmpfs", 0, b"") == 0:
        raise ValueError("ESCAPED: a mount of its own")
for call in (lambda: libc.chroot(b"."), lambda: libc.setns(0, 0), lambda: libc.umount2(b"/", 2)):
    if call() == 0:
        raise ValueError("ESCAPED: another root")
