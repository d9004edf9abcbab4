# %%
import otter

grader = otter.Notebook()
import numpy as np


# %%
def add(a, b):
    return abs(a) + abs(b)


# %%
np.random.rand(1)
sample = np.random.rand(3)
grader.check("q2")


# %%
def risky(x):
    return 1 / x


lookup = {}
