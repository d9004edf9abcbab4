# %%
import numpy as np


# %%
def add(a, b):
    return a + b


# %%
sample = np.random.rand(3)


# %%
def risky(x):
    return 1 / x


lookup = {"a": 1}
