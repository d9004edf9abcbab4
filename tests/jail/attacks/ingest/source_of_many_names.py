"""A script of a megabyte that is slow to search: long chains of names that lead to each other."""

HONEST = 0


def build(folder):
    path = folder / "hw.py"
    lines = [f"a{n} = [a{n - 1}, a{n - 2}]" for n in range(2, 20_000)]
    chain = "x = np" + ".a" * 900
    text = ["import numpy as np", "a0 = a1 = 0", chain, *lines, "", "", "def product(a, b):"]
    path.write_text("\n".join([*text, "    return a19999\n"]))
    return path
