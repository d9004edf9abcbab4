# %%
import sys


def add(a, b):
    return a + b


def risky(x):
    sys.exit(3)


# %%
lookup = {"a": 1}
