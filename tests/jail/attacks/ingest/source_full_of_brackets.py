"""A script that nests deeper than a parser can follow."""

HONEST = 0


def build(folder):
    path = folder / "hw.py"
    path.write_text("x = " + "(" * 100_000 + ")" * 100_000 + "\ny = " + "-" * 100_000 + "1\n")
    return path
