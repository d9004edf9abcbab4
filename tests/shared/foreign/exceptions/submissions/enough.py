# %%
def add(a, b):
    return a + b


import numpy as np

sample = np.random.rand(3)
