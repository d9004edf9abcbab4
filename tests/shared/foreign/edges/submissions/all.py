# %%
import matplotlib.pyplot as plt
import random
import numpy as np
from dataclasses import dataclass
from IPython.display import display, HTML
fig, ax = plt.subplots()
x = 1

# %%
import otter
grader = otter.Notebook()
grader.check("b")

# %%
grader.check("a")
grader.check("nothing")
y = 99

# %%
this is a syntax error

# %%
def show(x):
    display(HTML("<b>x</b>"))

# %%
asked = input("?")

# %%
@dataclass
class Point:
    x: int
    y: int

# %%
%%time
timed = sum(range(10))

# %%
%%capture caught
print("hello")

# %%
a = random.random()
b = np.random.rand()

# %%
if __name__ == "__main__":
    main_ran = True

# %%
x = 2
