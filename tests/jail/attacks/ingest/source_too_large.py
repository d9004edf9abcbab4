"""A script of seventeen megabytes."""

HONEST = 0


def build(folder):
    path = folder / "hw.py"
    path.write_bytes(b"x = 1\n" * (17 << 20 >> 2))
    return path
