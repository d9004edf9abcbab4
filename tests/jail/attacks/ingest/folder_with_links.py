"""A folder in which the homework and a subfolder are links to the grader's files."""

HONEST = 0


def build(folder):
    path = folder / "mallory"
    path.mkdir()
    secret = folder / "secret"
    secret.mkdir()
    (secret / "hw.py").write_bytes(b"def total(x):\n    return float(sum(x))\n")
    (path / "hw.py").symlink_to(secret / "hw.py")
    (path / "more").symlink_to(secret)
    return path
