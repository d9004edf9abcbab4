# %% [markdown]
# # A notebook

# %%
import otter

grader = otter.Notebook("lab.ipynb")

# %%
%matplotlib inline
import matplotlib.pyplot as plt
import pandas as pd
from doubling import double


# %%
def square(x):
    return x * x


# %%
grader.check("q1")

# %%
!echo a shell command
%time table = pd.read_csv("data/points.csv")
rows = table.values
mean = table["y"].mean()
plt.plot(table["x"], table["y"])
plt.show()

# %%
greeting = "hello"

# %%
grader.check_all()
grader.export("lab.ipynb")
