"""A script in another encoding, with NUL bytes and a cookie that lies."""

HONEST = 0


def build(folder):
    path = folder / "hw.py"
    path.write_bytes(b"# -*- coding: rot13 -*-\n" + bytes(range(256)))
    return path
